// See `run` beside this file.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import assert from "node:assert/strict";
import Ajv from "ajv";
import formats from "ajv-formats";
import jsonld from "jsonld";
import { validateXML } from "xmllint-wasm";
import { contexts, documentLoader, terms } from "./contexts.mjs";
import * as schemas from "./schemas.mjs";
import { parquet, sqlite } from "./tables.mjs";

const work = process.argv[2];
const read = (path) => readFileSync(path, "utf8");
const files = (folder) =>
  readdirSync(folder).flatMap((name) => (statSync(join(folder, name)).isDirectory() ? files(join(folder, name)) : [join(folder, name)]));
const of = (format) => {
  const found = files(join(work, "out", format)).sort();
  assert.ok(found.length, `${format}: no file`);
  return found;
};
const recaps = read(join(work, "recaps.ndjson")).trim().split("\n").map((line) => JSON.parse(line));

/** What was read, for the line at the end. */
const counts = {};

const xml = async () => {
  const paths = of("frab-xml");
  const schema = [read(join(work, "frab.xsd"))];
  const result = await validateXML({ xml: paths.map((path, n) => ({ fileName: `${n}.xml`, contents: read(path) })), schema });
  assert.deepEqual(result.errors.map((error) => error.rawMessage), []);
  // The schema is one: it refuses what is wrong.
  const broken = read(paths[0]).replace(/<title>[^<]*<\/title>\s*<start>/, "<start>");
  assert.equal((await validateXML({ xml: [{ fileName: "broken.xml", contents: broken }], schema })).valid, false);
  counts["frab-xml"] = paths.length;
};

const json = () => {
  const ajv = formats(new Ajv({ strict: true, strictRequired: false, strictTypes: false, allErrors: true }));
  for (const [format, schema] of [["pyvideo", schemas.pyvideo], ["frab-json", schemas.schedule]]) {
    const validate = ajv.compile(schema);
    for (const path of of(format)) {
      assert.ok(validate(JSON.parse(read(path))), `${path}: ${ajv.errorsText(validate.errors)}`);
    }
    assert.equal(validate({}), false);
    counts[format] = of(format).length;
  }
};

/** Every property of an expanded document. */
const properties = (node) => {
  if (Array.isArray(node)) return node.flatMap(properties);
  if (node === null || typeof node !== "object") return [];
  return Object.entries(node).flatMap(([name, value]) => [name, ...properties(value)]);
};

const linked = async () => {
  for (const format of ["json-ld", "annotations", "activity-streams"]) {
    for (const path of of(format)) {
      // `safe` fails where anything would be lost: a term that the context lacks, an address that is none.
      const expanded = await jsonld.expand(JSON.parse(read(path)), { documentLoader, safe: true });
      assert.equal(expanded.length, 1, path);
      for (const name of properties(expanded)) {
        assert.ok(!name.startsWith("_:"), `${path}: ${name} is no term of the context`);
        const own = name.match(/^http:\/\/schema\.org\/(.*)$/)?.[1];
        assert.ok(own === undefined || terms.has(own), `${path}: ${own} is no term of schema.org`);
      }
      await jsonld.toRDF(expanded, { documentLoader, safe: true });
    }
    counts[format] = of(format).length;
  }
  const unknown = { "@context": "http://www.w3.org/ns/anno.jsonld", id: "urn:x", type: "Annotation", boddy: "x" };
  await assert.rejects(jsonld.expand(unknown, { documentLoader, safe: true }));
  assert.equal(Object.keys(contexts).length, 3);
};

// schema.org's types: which property a type may have, and which values.
const types = () => {
  const check = (name, documents) => {
    const lines = documents.map((document, n) => `export const e${n}: WithContext<Event> = ${document};`);
    writeFileSync(join(work, `${name}.ts`), `import type { Event, WithContext } from "schema-dts";\n${lines.join("\n")}\n`);
    const tsc = join(work, "node_modules/typescript/bin/tsc");
    const options = ["--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "--target", "es2022", join(work, `${name}.ts`)];
    execFileSync(process.execPath, [tsc, ...options], { stdio: ["ignore", "pipe", "inherit"] });
  };
  try {
    check("events", of("json-ld").map(read));
  } catch (error) {
    assert.fail(String(error.stdout).slice(0, 4000));
  }
  const wrong = '{"@context": "https://schema.org", "@type": "Event", "performer": 7, "colour": "red"}';
  assert.throws(() => check("wrong", [wrong]));
};

await xml();
json();
await linked();
types();
for (const [format, reader] of [["parquet", parquet], ["sqlite", sqlite]]) {
  if (existsSync(join(work, "out", format))) counts[format] = await reader(of(format)[0], recaps);
}
console.log(`formats: ${Object.entries(counts).map(([format, n]) => `${format} ${n}`).join(", ")}`);
