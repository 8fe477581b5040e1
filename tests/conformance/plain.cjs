// Stands before prism, which reads no compressed body: takes what the program
// sends, hands it on uncompressed, and judges what prism says of the answer.
//
//   node plain.cjs PORT PRISM_PORT SERVER_PORT
//
// prism runs without --errors: the suite also sends what the document forbids,
// and the server itself has to refuse it. On SIGTERM it prints one line,
// "requests N, refused by both M, differences K".
'use strict';
const http = require('http');
const zlib = require('zlib');

const [port, prism, server_port] = process.argv.slice(2).map(Number);
const agent = new http.Agent({ keepAlive: true });
let requests = 0;
let refused = 0;
let differences = 0;

function body(stream) {
	return new Promise((done, failed) => {
		const parts = [];

		stream.on('data', (part) => parts.push(part));
		stream.on('end', () => done(Buffer.concat(parts)));
		stream.on('error', failed);
	});
}

function ask(port, request, headers, bytes) {
	return new Promise((done, failed) => {
		const onward = http.request({
			host: '127.0.0.1', port, agent, method: request.method, path: request.url, headers,
		}, async (answer) => done({ answer, back: await body(answer) }));

		onward.on('error', failed);
		onward.end(bytes);
	});
}

function difference(request, answer, back, what) {
	differences++;
	console.log(`difference: ${request.method} ${request.url} ${answer.statusCode}: ${what}`);
	console.log(`# ${back.toString().slice(0, 400)}`);
}

// What prism found: an answer that the document doesn't know is a difference,
// and so is a request that the document forbids and the server takes.
function judge(request, answer, back) {
	const told = answer.headers['sl-violations'] || '[]';
	/* Where no alternative of the body fits, prism lists them in its log only;
	 * what it says there of answers, run.sh looks for. */
	const violations = told.startsWith('[') ? JSON.parse(told) :
		[{ location: ['request'], message: told }];

	if (answer.statusCode >= 500 && answer.statusCode !== 503)
		difference(request, answer, back, 'a fault');
	for (const violation of violations) {
		const what = `${violation.location.join('.')} ${violation.message}`;

		if (violation.location[0] === 'response')
			difference(request, answer, back, what);
		else if (answer.statusCode < 400)
			difference(request, answer, back, `taken, though ${what}`);
		else
			refused++;
	}
}

function reply(response, { answer, back }) {
	delete answer.headers['transfer-encoding'];
	delete answer.headers['content-length'];
	delete answer.headers['sl-violations']; // longer than the client takes
	response.writeHead(answer.statusCode, answer.headers);
	response.end(back);
}

async function pass(request, bytes, response) {
	const headers = { ...request.headers };
	let result;

	requests++;
	if (headers['content-encoding'] === 'gzip') {
		bytes = zlib.gunzipSync(bytes);
		delete headers['content-encoding'];
	}
	delete headers['accept-encoding'];
	delete headers['transfer-encoding'];
	if (request.method === 'POST')
		headers['content-length'] = String(bytes.length);
	if (/[:,[]-?\d{16,}/.test(bytes)) // numbers that JavaScript would change
		return reply(response, await ask(server_port, request, headers, bytes));
	result = await ask(prism, request, headers, bytes);
	if (result.back.includes('NO_PATH_MATCHED')) { // prism's own answer
		result = await ask(server_port, request, headers, bytes);
		if (result.answer.statusCode !== 404)
			difference(request, result.answer, result.back, 'not in the document');
		refused++;
	} else {
		judge(request, result.answer, result.back);
	}
	return reply(response, result);
}

const server = http.createServer(async (request, response) => {
	try {
		await pass(request, await body(request), response);
	} catch (error) {
		console.log(`difference: ${request.method} ${request.url}: ${error}`);
		differences++;
		response.destroy();
	}
});
server.listen(port, '127.0.0.1', () => console.log('listening'));
process.on('SIGTERM', () => {
	console.log(`requests ${requests}, refused by both ${refused}, differences ${differences}`);
	process.exit(0);
});
