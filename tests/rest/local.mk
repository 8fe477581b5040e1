# The server's routes, asked from outside. The REST store's tests, which also
# need a server, are in tests/contract.
REST_TESTS = \
	tests/rest/counter_test.sh \
	tests/rest/feed_test.sh \
	tests/rest/hostile_test.sh \
	tests/rest/http_test.sh \
	tests/rest/matrix_test.py \
	tests/rest/operations_test.sh
TESTS += $(REST_TESTS)
EXTRA_DIST += $(REST_TESTS) tests/rest/counter.sh tests/rest/hostile.py tests/rest/operations.py
