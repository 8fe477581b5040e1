# The server against its OpenAPI document, by others' tools (npm).
TESTS += tests/conformance/run.sh
EXTRA_DIST += \
	tests/conformance/hooks.cjs \
	tests/conformance/openapi30.cjs \
	tests/conformance/package-lock.json \
	tests/conformance/package.json \
	tests/conformance/plain.cjs \
	tests/conformance/redocly.yaml \
	tests/conformance/run.sh
