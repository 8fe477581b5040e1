// pouch.js: the peer of the server benchmark: a PouchDB server in memory that holds
// the rows of an overpassd. node pouch.js URL TOKEN prints its own address once
// every row is there.
'use strict';
const express = require('express');
const PouchDB = require('pouchdb-core')
	.plugin(require('pouchdb-adapter-memory'))
	.plugin(require('pouchdb-mapreduce'))
	.plugin(require('pouchdb-replication'));
const [source, token] = process.argv.slice(2);

async function fill(db) {
	let next = '';
	for (;;) {
		const page = await (await fetch(`${source}/v1/students?limit=500${next}`,
			{ headers: { Authorization: `Bearer ${token}` } })).json();
		await db.bulkDocs(page.items.map((row) => ({ _id: String(row.id), ...row })));
		if (!page.next) return;
		next = `&cursor=${encodeURIComponent(page.next)}`;
	}
}

const Memory = PouchDB.defaults({ adapter: 'memory' });
const app = express();
app.use('/', require('express-pouchdb')(Memory, {
	inMemoryConfig: true, mode: 'minimumForPouchDB', logPath: '/dev/null',
}));
fill(new Memory('students')).then(() => {
	const server = app.listen(0, '127.0.0.1', () =>
		console.log(`http://127.0.0.1:${server.address().port}`));
});
