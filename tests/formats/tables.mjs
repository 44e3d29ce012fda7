// Readers of tables: Parquet and SQLite.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import assert from "node:assert/strict";
import { parquetReadObjects } from "hyparquet";

const initSql = createRequire(import.meta.url)("sql.js");

/** Rows that the table of talks and speakers has. */
const rows = (recap) => recap.talks.reduce((sum, talk) => sum + Math.max(talk.speakers.length, 1), 0) || 1;

/** Reads the Parquet file; gives its rows. */
export async function parquet(path, recaps) {
  const bytes = readFileSync(path);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const read = await parquetReadObjects({ file });
  assert.equal(read.length, recaps.reduce((sum, recap) => sum + rows(recap), 0));
  const [first] = read.filter((row) => row.event_id === "otter-days-2024-10-26");
  assert.equal(first.title, "Rivers, slowly");
  assert.equal(first.handles, "twitter:alba_h github:albah mastodon:@alba@social.example.org");
  assert.equal(first.date.toISOString().slice(0, 10), "2024-10-26");
  assert.equal(read.find((row) => row.event_id === "bare").venue ?? null, null);
  return read.length;
}

/** Reads the database by its views; gives the rows of its tables. */
export async function sqlite(path, recaps) {
  const { Database } = await initSql();
  const database = new Database(readFileSync(path));
  const ask = (question) => {
    const [answer] = database.exec(question);
    return answer ? answer.values.map((row) => Object.fromEntries(answer.columns.map((name, n) => [name, row[n]]))) : [];
  };
  const count = (table) => ask(`SELECT count(*) AS n FROM ${table}`)[0].n;
  assert.equal(ask("PRAGMA integrity_check")[0].integrity_check, "ok");
  const ids = new Map(recaps.map((recap) => [recap.id, recap]));
  assert.equal(count("events"), ids.size);
  const first = recaps.filter((recap, at) => recaps.findIndex((other) => other.id === recap.id) === at);
  const total = (field) => first.reduce((sum, recap) => sum + recap[field].length, 0);
  for (const [table, field] of [["talks", "talks"], ["people", "people"], ["posts", "posts"], ["questions", "questions"], ["sources", "sources"]]) {
    assert.equal(count(table), total(field), table);
  }
  const views = ask("SELECT name FROM sqlite_master WHERE type = 'view'").map((view) => view.name);
  assert.deepEqual(views.sort(), ["rules", "series", "speakers_by_account", "talk_speakers", "years"]);
  for (const view of views) assert.ok(count(view) > 0, view);
  const [keynote] = ask("SELECT * FROM talk_speakers WHERE event = 'otter-days-2024-10-26'");
  assert.deepEqual([keynote.kind, keynote.title, keynote.speaker, keynote.affiliation], ["keynote", "Rivers, slowly", "Alba Heron", "Reed & Co"]);
  const [alba] = ask("SELECT * FROM speakers_by_account WHERE handle = 'alba_h'");
  assert.deepEqual([alba.name, alba.talks, alba.events], ["Alba Heron", 2, 1]);
  const hostile = recaps.find((recap) => recap.id.startsWith("../"));
  assert.equal(ask("SELECT title FROM talks WHERE event LIKE '../%'")[0].title, hostile.talks[0].title.replaceAll("\u0000", ""));
  return ["events", "talks", "people", "evidence"].reduce((sum, table) => sum + count(table), 0);
}
