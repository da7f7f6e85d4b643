import { rule, type Flow } from '../kit/index.js';

const flow: Flow = {
  from: ['network', 'uart', 'ble', 'mqtt topic', 'mqtt payload', 'http request'],
  to: ['an SQL statement'],
  says: ({ kind }, { text }) =>
    `${text} holds what comes from ${kind} and is read as SQL: a quote in it ends the value and starts a statement of the sender’s`,
};

export default rule({
  id: 'sql-injection',
  title: 'Input becomes a part of an SQL statement',
  severity: 'error',
  heading: 13,
  provisions: ['5.13-1B', '5.13-1A', '5.8-2'],
  cwe: [89],
  why: 'The database reads the finished text: it cannot tell a quote of the program from one of the sender.',
  attack:
    "Someone asks the gateway for the sensor named ' UNION SELECT token FROM users --. The answer lists the tokens of all users, and with one of them the sender is the owner of the house.",
  instead:
    'Parameters: better-sqlite3 and node:sqlite prepare("… WHERE name = ?").get(name), pg query("… = $1", [name]), mysql2 execute with ?, sequelize replacements, knex bindings; in C sqlite3_prepare_v2 with ? and sqlite3_bind_text, or at least %q and %Q of sqlite3_mprintf. Names of tables and columns come from a list.',

  c: { flow },
  ts: { flow },

  bad: [
    {
      ts: "import express from 'express'; import Database from 'better-sqlite3';\nconst db = new Database('data.db');\nexpress().get('/s/:name', (req, res) => { res.json(db.prepare(«`SELECT * FROM readings WHERE sensor = '${req.params.name}'`»).all()); });",
    },
    {
      ts: "import mqtt from 'mqtt'; import { Pool } from 'pg';\nconst pool = new Pool();\nmqtt.connect('mqtts://h').on('message', async (topic, payload) => { await pool.query(«\"INSERT INTO log VALUES ('\" + topic + \"')\"»); });",
    },
    {
      ts: "import express from 'express'; import { Sequelize } from 'sequelize';\nconst db = new Sequelize('sqlite::memory:');\nexpress().get('/s', async (req, res) => { const order = req.query.order; res.json(await db.query(«`SELECT * FROM s ORDER BY ${order}`»)); });",
    },
    {
      ts: "import express from 'express'; import mysql from 'mysql2/promise';\nconst pool = mysql.createPool({ host: 'db' });\nexpress().get('/s', async (req, res) => { res.json(await pool.query({ sql: «'SELECT * FROM s WHERE id = ' + req.query.id», timeout: 100 })); });",
    },
    {
      c: `void on_packet(int s, sqlite3 *db) {
  char name[32], sql[128];
  recv(s, name, sizeof name, 0);
  snprintf(sql, sizeof sql, "SELECT * FROM sensors WHERE name = '%s'", name);
  sqlite3_exec(db, «sql», NULL, NULL, NULL);
}`,
    },
  ],
  good: [
    {
      ts: "import express from 'express'; import Database from 'better-sqlite3';\nconst db = new Database('data.db');\nexpress().get('/s/:name', (req, res) => { res.json(db.prepare('SELECT * FROM readings WHERE sensor = ?').all(req.params.name)); });",
    },
    {
      ts: "import express from 'express'; import { Pool } from 'pg';\nconst pool = new Pool();\nexpress().get('/s', async (req, res) => { res.json(await pool.query({ text: 'SELECT * FROM s WHERE id = $1', values: [req.query.id] })); });",
    },
    {
      ts: "import express from 'express'; import { Sequelize } from 'sequelize';\nconst db = new Sequelize('sqlite::memory:'); const COLUMNS = ['name', 'time'];\nexpress().get('/s', async (req, res) => { const { order } = req.query; «guard: if (!COLUMNS.includes(order)) return res.end();» res.json(await db.query(`SELECT * FROM s ORDER BY ${order}`)); });",
    },
    {
      ts: "import express from 'express'; import mysql from 'mysql2';\nconst db = mysql.createConnection({ host: 'db' });\nexpress().get('/s', (req, res) => { db.query('SELECT * FROM s WHERE name = ' + mysql.escape(req.query.name)); db.query(`SELECT * FROM s LIMIT ${Number(req.query.count)}`); });",
    },
    {
      c: 'void on_packet(int s, sqlite3 *db) { char name[32]; sqlite3_stmt *st; recv(s, name, sizeof name, 0); sqlite3_prepare_v2(db, "SELECT * FROM s WHERE name = ?", -1, &st, NULL); sqlite3_bind_text(st, 1, name, -1, NULL); }',
    },
    {
      c: 'void on_packet(int s, sqlite3 *db) { char name[32]; recv(s, name, sizeof name, 0); char *sql = sqlite3_mprintf("SELECT * FROM s WHERE name = %Q", name); sqlite3_exec(db, sql, NULL, NULL, NULL); sqlite3_free(sql); }',
    },
    {
      c: 'void on_packet(int s, sqlite3 *db) { char name[32], sql[99]; recv(s, name, sizeof name, 0); «guard: if (strcmp(name, "kitchen") != 0) return;» snprintf(sql, sizeof sql, "DELETE FROM s WHERE name = \'%s\'", name); sqlite3_exec(db, sql, NULL, NULL, NULL); }',
    },
  ],
});
