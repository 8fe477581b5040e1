// dredd reads OpenAPI 3.0. This writes the served 3.1 document in that form:
//
//   node openapi30.cjs FROM TO
//
// "null" among the types becomes nullable, const an enum of one, and an allOf of
// references with more members required is written out. Of what dredd checks
// (paths, methods, statuses, headers, the types and required members of bodies)
// nothing gets lost. Only the statuses that hooks.cjs brings about stay; the
// others are brought about by tests/rest/http_test.sh. Parameters of headers
// and queries are left out, because dredd would send its own invention for each.
'use strict';
const fs = require('fs');

const kept = ['200', '204', '304', '400', '401', '403', '404', '410', '415'];
const [from, to] = process.argv.slice(2);
const served = JSON.parse(fs.readFileSync(from, 'utf8'));

function resolve(schema) {
	return schema.$ref ? served.components.schemas[schema.$ref.split('/').pop()] : schema;
}

function plain(node) {
	if (Array.isArray(node))
		return node.map(plain);
	if (!node || typeof node !== 'object')
		return node;
	if (node.allOf && node.required) {
		const { allOf, ...rest } = node;

		return plain({ ...resolve(allOf[0]), ...rest });
	}
	const out = {};

	for (const [name, value] of Object.entries(node))
		out[name] = plain(value);
	if (Array.isArray(out.type)) {
		const types = out.type.filter((type) => type !== 'null');

		if (types.length < out.type.length)
			out.nullable = true;
		[out.type] = types;
	}
	if (out.oneOf && out.oneOf.some((one) => one.type === 'null')) {
		out.oneOf = out.oneOf.filter((one) => one.type !== 'null');
		out.nullable = true;
	}
	if ('const' in out) {
		out.enum = [out.const];
		delete out.const;
	}
	return out;
}

function shorten(operation) {
	operation.parameters = operation.parameters
		.filter((parameter) => parameter.in === 'path')
		.map((parameter) => ({ ...parameter, example: parameter.name === 'id' ? 1 :
			parameter.name === 'sha256' ? '0'.repeat(64) :
			parameter.name === 'token' ? 'A'.repeat(22) : 'SM_STALE' }));
	for (const status of Object.keys(operation.responses)) {
		const response = operation.responses[status];

		if (!kept.includes(status))
			delete operation.responses[status];
		else if (response.$ref)
			operation.responses[status] = served.components.responses[response.$ref.split('/').pop()];
	}
}

for (const item of Object.values(served.paths))
	for (const operation of Object.values(item))
		shorten(operation);
const document = plain(served);
document.openapi = '3.0.3';
delete document.info.license.identifier;
fs.writeFileSync(to, JSON.stringify(document));
