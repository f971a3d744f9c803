# Float and imaginary literals and their shortest representations.
for value in (1., .5, 1e10, 1E-5, 1e16, 1e17, 123456789012345678., 0.1, 1/3., 1e-4, 1e-5,
              1e22, 1e23, 5e-324, 1.7976931348623157e308, 1e309, -0.0, 3j, 1.5e3J, 0j):
    print repr(value), str(value)
