// What dredd is to send so that each documented answer really comes: who asks,
// an id that exists, a body that is right, or the fault that is answered so.
// The world is a demo world, where a password may be null.
'use strict';
const fs = require('fs');
const hooks = require('hooks');

const base = process.env.OV_SERVER;
const roles = ['viewer', 'front_desk', 'verifier', 'reviewer1', 'expert', 'reviewer2',
	'ledger_keeper', 'registrar', 'scheduler', 'auditor', 'admin'];
const served = JSON.parse(fs.readFileSync(process.env.OV_DOCUMENT, 'utf8'));
const tokens = {};
const shown = new Set();
const routes = new Set();
let serial = 0;

async function login(name) {
	const answer = await fetch(`${base}/v1/login`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify({ login: name, password: null }),
	});

	return (await answer.json()).token;
}

async function get(path, role) {
	const answer = await fetch(base + path, { headers: { Authorization: `Bearer ${tokens[role]}` } });

	return { status: answer.status, body: answer.status === 200 ? await answer.json() : null };
}

// The first role for which the address answers so.
const known = new Map();
async function role_with(path, status) {
	const at = `${path} ${status}`;

	for (const role of known.has(at) ? [] : roles)
		if ((await get(path, role)).status === status) {
			known.set(at, role);
			break;
		}
	return known.get(at) || null;
}

// dredd makes up a body and wants each of its members. The served document's
// own schema is what the answer is held to instead.
function expect_schema(transaction, route, status) {
	const operation = served.paths[route][transaction.request.method.toLowerCase()];
	let response = operation.responses[status];

	if (response.$ref)
		response = served.components.responses[response.$ref.split('/').pop()];
	delete transaction.expected.body;
	for (const [type, { schema }] of Object.entries(response.content || {}))
		if (type.endsWith('json'))
			transaction.expected.bodySchema = JSON.stringify({
				$schema: 'http://json-schema.org/draft-07/schema#',
				allOf: [schema], components: { schemas: served.components.schemas },
			}, (name, value) => (name === 'format' && value === 'int64' ? undefined : value));
}

// An id that somebody may read, and who.
const found_in = new Map();
async function some_record(list) {
	if (!found_in.has(list))
		found_in.set(list, await first_record(list));
	return found_in.get(list);
}

async function first_record(list) {
	for (const role of roles) {
		const { status, body } = await get(`${list}?limit=1`, role);

		if (status === 200 && body.items.length)
			return { role, id: body.items[0].id };
	}
	return null;
}

function key() {
	return `01ARZ3NDEKTSV4RRFFQ69G${String(++serial).padStart(4, '0')}`;
}

const plurals = { student: 'students', credit_claim: 'claims', cohort: 'cohorts',
	account: 'accounts', transfer_rule: 'rules', student_route: 'students',
	transcript_row: 'students', receipt_seal: 'claims', roll_mark: 'cohorts',
	graduation_row: 'cohorts', cap_row: 'cohorts', term: 'terms', conflict: 'cohorts',
	plan_draft: 'plan_drafts' };
const numbers = { student: 'student_no', credit_claim: 'claim_no', cohort: 'code',
	account: 'student_no', transfer_rule: 'rule_code', student_route: 'student_no',
	transcript_row: 'student_no', receipt_seal: 'claim_no', roll_mark: 'code',
	graduation_row: 'code', cap_row: 'code', term: 'code', conflict: 'code',
	plan_draft: 'name' };
// Cards about nothing in particular: their key is empty.
const whole = ['notice_row', 'statistic', 'audit_line'];

// An account has the number of its student.
async function public_number(kind, { role, id }) {
	let { body } = await get(`/v1/${plurals[kind]}/${id}`, role);

	if (kind === 'account')
		({ body } = await get(`/v1/students/${body.student_id}`, role));
	return encodeURIComponent(body[numbers[kind]]);
}

async function whole_card(transaction, base, byKey, status) {
	const uri = byKey ? `${base}?key=` : `${base}/999999999`;

	if (!byKey && status === '200')
		return 'it is about nothing that has an id';
	transaction.who = await role_with(uri, status === '403' ? 403 : byKey ? 200 : 404);
	transaction.uri = byKey && status === '404' ? `${uri}999999999` : uri;
	return transaction.who ? null : 'nobody is answered so';
}

// Timetables and loads say in words what they are about, and never by an id.
const worded = ['session_slot', 'calendar_event', 'week_load', 'makeup_offer', 'chain_check'];

async function worded_card(transaction, kind, byKey, status) {
	const base = `/v1/cards/${kind}`;
	const cohort = await some_record('/v1/cohorts');
	const { body } = await get(`/v1/cohorts/${cohort.id}`, cohort.role);
	const key = {
		week_load: { 200: 'rooms' },
		chain_check: { 200: 'audit' },
		makeup_offer: { 404: '999999999:1510106400001' },
	}[kind] || { 200: `cohort:${encodeURIComponent(body.code)}`, 404: 'cohort:NO-SUCH' };

	if (status === '400')
		transaction.uri = byKey ? `${base}?key=rubbish` : `${base}/999999999`;
	else if (!byKey)
		return 'it is about nothing that has an id';
	else
		transaction.uri = `${base}?key=${key[status === '403' ? 200 : status] || ''}`;
	transaction.who = await role_with(transaction.uri, Number(status));
	return transaction.who ? null : 'nobody is answered so';
}

async function card(transaction, kind, status) {
	const byKey = !transaction.request.uri.split('?')[0].match(/\/\d+$/);

	if (worded.includes(kind))
		return worded_card(transaction, kind, byKey, status);
	if (whole.includes(kind))
		return whole_card(transaction, `/v1/cards/${kind}`, byKey, status);
	// A card that nothing above says how to ask for is asked for what isn't there.
	const found = plurals[kind] ? await some_record(`/v1/${plurals[kind]}`) : null;

	if (!found && status === '404') {
		transaction.uri = byKey ? `/v1/cards/${kind}?key=999999999` : `/v1/cards/${kind}/999999999`;
		transaction.who = await role_with(transaction.uri, 404);
		return transaction.who ? null : 'nobody is answered so';
	}
	if (!found)
		return 'nobody sees a record of this kind in the demo world';
	const number = await public_number(kind, found);
	const uri = byKey ? `/v1/cards/${kind}?key=${number}` : `/v1/cards/${kind}/${found.id}`;

	transaction.who = await role_with(uri, status === '403' ? 403 : 200);
	transaction.uri = status === '404' ? uri.replace(/[^/=]+$/, '999999999') : uri;
	return transaction.who ? null : 'nobody is answered so';
}

async function record(transaction, list, status) {
	const found = await some_record(list);

	transaction.who = found ? found.role : await role_with(`${list}/999999999`, 404);
	transaction.uri = `${list}/${found && status !== '404' ? found.id : 999999999}`;
	if (status === '304')
		transaction.request.headers['If-None-Match'] = '*';
	if (status === '403')
		transaction.who = await role_with(transaction.uri, 403);
	if (!found && (status === '200' || status === '304'))
		return 'the demo world has no record of this kind';
	return transaction.who ? null : 'nobody is answered so';
}

async function page(transaction, list, status) {
	transaction.uri = status === '410' ? `${list}?cursor=rubbish` : `${list}?limit=3`;
	transaction.who = await role_with(`${list}?limit=1`, status === '403' ? 403 : 200);
	return transaction.who ? null : 'nobody is answered so';
}

// A file that a claim names and that the verifier has opened.
let file = null;
async function opened_file() {
	const ask = async (path, role, type, sent) => (await fetch(base + path, {
		method: 'POST', headers: { Authorization: `Bearer ${tokens[role]}`, 'Content-Type': type },
		body: sent,
	})).json();
	const command = (role, call) => ask('/v1/commands', role, 'application/json',
		JSON.stringify({ key: key(), ...call }));

	if (file)
		return file;
	const students = await get('/v1/students?status=ACTIVE&limit=1', 'front_desk');
	const kept = await ask('/v1/evidence', 'front_desk', 'application/octet-stream', 'a scan');
	const claim = await command('front_desk', { command: 'claim.create', args: {
		student_id: students.body.items[0].id, lines: [{ source: 'T-POST', no: 'DREDD1', level: 4,
			issued: '2015-06-01', evidence: 'COPY', file: 'scan.pdf', sha256: kept.sha256 }] } });

	await command('verifier', { command: 'claim.evidence_open', target: claim.id,
		args: { line_no: 1, reason: 'Compare with the original' } });
	file = kept.sha256;
	return file;
}

async function evidence(transaction, status) {
	const sha256 = await opened_file();

	transaction.who = status === '403' ? 'viewer' : 'verifier';
	transaction.uri = `/v1/evidence/${status === '404' ? 'f'.repeat(64) : sha256}`;
	return null;
}

// A feed that somebody was given. Its address is the permission: nobody logs in.
let feed = null;
async function calendar(transaction, status) {
	if (!feed) {
		const rooms = await get('/v1/rooms?limit=1', 'front_desk');
		const answer = await fetch(`${base}/v1/commands`, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${tokens.front_desk}` },
			body: JSON.stringify({ command: 'feed.create', key: key(),
				args: { room_id: rooms.body.items[0].id } }),
		});

		feed = new URL((await answer.json()).records.feed_link[0].url).pathname;
	}
	transaction.uri = status === '404' ? `/v1/feeds/${'A'.repeat(22)}.ics` : feed;
	transaction.who = 'viewer';
	if (status === '304')
		transaction.request.headers['If-None-Match'] = '*';
	return null;
}

// The bodies of the few routes that take one.
async function body(transaction, path, status) {
	const students = await get('/v1/students?status=ACTIVE&limit=1', 'front_desk');
	const claim = { command: 'claim.create', key: key(),
		args: { student_id: students.body.items[0].id, lines: [] } };
	const absent = { command: 'claim.withdraw', target: 999999999, rev: 1, key: key(), args: {} };
	const bodies = {
		'/v1/login': { login: 'front_desk.1', password: status === '401' ? 'wrong' : 'overpass' },
		'/v1/logout': status === '404' ? { login: 'nobody.9' } :
			status === '403' ? { login: 'viewer.1' } : { all: false },
		'/v1/password': { old: 'overpass', new: 'a longer passphrase' },
		'/v1/commands': status === '404' ? absent : claim,
		'/v1/assess': status === '404' ? absent : claim,
	};
	const bytes = path === '/v1/evidence';

	transaction.request.body = bytes ? 'a scan' : JSON.stringify(bodies[path]);
	transaction.request.headers['Content-Type'] = status === '415' ? 'text/plain' :
		bytes ? 'application/octet-stream' : 'application/json';
	transaction.uri = path;
	transaction.who = status === '403' ? 'viewer' : 'front_desk';
	if (path === '/v1/logout' || path === '/v1/password')
		tokens.spare = await login(path === '/v1/logout' && status === '404' ? 'admin.1' : 'viewer.1');
	if (tokens.spare)
		transaction.who = 'spare';
	if (status === '403' && (path === '/v1/login' || path === '/v1/password'))
		return 'only of a login that is closed, or without TLS';
	if (status === '400')
		transaction.request.body = bytes ? '' : '{';
	return null;
}

// In the form whose media type dredd expects.
async function report(transaction, status) {
	const accept = transaction.request.headers.Accept || '';
	const format = ['csv', 'pdf'].find((word) => accept.split(';')[0].endsWith(word)) || 'text';

	transaction.uri = status === '404' ? '/v1/reports/novel' : `/v1/reports/statistics?format=${format}`;
	transaction.who = status === '403' ? 'admin' : 'viewer';
	return null;
}

async function other(transaction, path, status) {
	transaction.uri = path;
	transaction.who = 'viewer';
	if (path === '/v1/reasons/SM_STALE' && status === '404')
		transaction.uri = '/v1/reasons/NO_SUCH';
	if (path === '/v1/changes' && status === '410')
		transaction.uri = '/v1/changes?after=rubbish';
	return status === '403' ? 'nobody is answered so' : null;
}

async function prepare(transaction, path, status) {
	const cards = path.match(/^\/v1\/cards\/([a-z_]+)/);
	const one = path.match(/^(\/v1\/[a-z_]+)\/\d+$/);
	const list = path.match(/^\/v1\/([a-z_]+)$/);
	const words = ['status', 'reasons', 'session', 'changes'];

	if (tokens.spare) // it may have ended his others
		tokens.viewer = await login('viewer.1');
	delete tokens.spare;
	if (transaction.request.method === 'POST')
		return body(transaction, path, status);
	if (path.startsWith('/v1/reports/'))
		return report(transaction, status);
	if (path.startsWith('/v1/evidence/'))
		return evidence(transaction, status);
	if (path.startsWith('/v1/feeds/'))
		return calendar(transaction, status);
	if (cards)
		return card(transaction, cards[1], status);
	if (one)
		return record(transaction, one[1], status);
	if (list && !words.includes(list[1]))
		return page(transaction, path, status);
	return other(transaction, path, status);
}

hooks.beforeAll(async (transactions, done) => {
	for (const role of roles)
		tokens[role] = await login(`${role}.1`);
	done();
});

hooks.beforeEach(async (transaction, done) => {
	const path = transaction.request.uri.split('?')[0];
	const status = transaction.expected.statusCode;
	const route = `${transaction.request.method} ${transaction.origin.resourceName}`;
	let why;

	routes.add(route);
	try {
		why = await prepare(transaction, path, status);
	} catch (error) {
		transaction.fail = String(error);
		return done();
	}
	if (why) {
		transaction.skip = true;
		console.log(`left out: ${route} ${status}: ${why}`);
		return done();
	}
	shown.add(route);
	expect_schema(transaction, transaction.origin.resourceName, status);
	if (status === '400' && transaction.request.method === 'GET')
		transaction.uri += `${transaction.uri.includes('?') ? '&' : '?'}no_such_parameter=1`;
	transaction.request.uri = transaction.uri;
	transaction.fullPath = transaction.uri;
	if (status !== '401' || path === '/v1/login')
		transaction.request.headers.Authorization = `Bearer ${tokens[transaction.who]}`;
	return done();
});

hooks.afterAll((transactions, done) => {
	for (const route of routes)
		if (!shown.has(route))
			console.log(`never asked: ${route}`);
	console.log(`routes ${routes.size}, asked ${shown.size}`);
	done();
});
