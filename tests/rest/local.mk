# The server's routes, asked from outside. The REST store's tests, which also
# need a server, are in tests/contract.
TESTS += tests/rest/http_test.sh tests/rest/hostile_test.sh tests/rest/matrix_test.py
EXTRA_DIST += tests/rest/http_test.sh tests/rest/matrix_test.py
EXTRA_DIST += tests/rest/hostile.py tests/rest/hostile_test.sh
