# A script that is not there.
