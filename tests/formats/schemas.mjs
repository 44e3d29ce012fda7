// JSON Schemas written from the formats' facts: fields, which of them are required, and the forms of their values.

const some = { type: "string", pattern: "\\S" };
const web = { type: "string", format: "uri", pattern: "^https?://" };
const maybe = (...types) => ({ type: [...types, "null"] });
const object = (required, properties, rest = false) => ({ type: "object", required, properties, additionalProperties: rest });
const list = (items, more = {}) => ({ type: "array", items, ...more });

// A video of https://github.com/pyvideo/data.
export const pyvideo = object(["title", "videos"], {
  title: some,
  videos: list(object(["type", "url"], { type: some, url: web, length: maybe("integer") }), { minItems: 1, uniqueItems: true }),
  speakers: list(some, { uniqueItems: true }),
  tags: list(some, { uniqueItems: true }),
  related_urls: list(object(["label", "url"], { label: some, url: web }), { uniqueItems: true }),
  copyright_text: maybe("string"),
  description: maybe("string"),
  duration: maybe("integer"),
  language: { anyOf: [{ type: "null" }, { type: "string", pattern: "^[a-z]{3}$" }] },
  quality_notes: maybe("string"),
  recorded: { anyOf: [{ type: "null" }, { type: "string", format: "date" }, { type: "string", format: "date-time" }] },
  slug: maybe("string"),
  thumbnail_url: { anyOf: [{ type: "null" }, web] },
});

// A schedule.json of https://github.com/voc/schedule. It wants `url` of every event, too: an export without one says so.
const event = object(
  ["abstract", "date", "duration", "guid", "id", "language", "links", "persons", "room", "slug", "start", "subtitle", "title", "track", "type"],
  {
    id: { type: "integer", minimum: 1 },
    guid: { type: "string", format: "uuid" },
    date: { type: "string", format: "date-time" },
    start: { type: "string", pattern: "^[0-2]\\d:[0-5]\\d$" },
    duration: { type: "string", pattern: "^\\d+:[0-5]\\d$" },
    room: some,
    slug: { type: "string", pattern: "^[a-z0-9_-]+[a-z0-9]$" },
    url: web,
    title: some,
    subtitle: maybe("string"),
    track: maybe("string"),
    type: some,
    language: { type: "string" },
    abstract: maybe("string"),
    description: maybe("string"),
    logo: web,
    // A person is told by `public_name` and `id`, or by `name`.
    persons: list({ oneOf: [{ required: ["public_name", "id"] }, { required: ["name"] }], ...object([], { id: { type: "integer" }, guid: {}, name: some, public_name: some }) }),
    links: list(object(["url", "title"], { url: web, title: some })),
    attachments: list({}),
  },
);
const day = object(["date", "day_end", "day_start", "index", "rooms"], {
  index: { type: "integer", minimum: 1 },
  date: { type: "string", format: "date" },
  day_start: { type: "string", format: "date-time" },
  day_end: { type: "string", format: "date-time" },
  rooms: { type: "object", additionalProperties: list(event) },
});
const conference = object(["title", "acronym", "days", "daysCount", "start", "end", "timeslot_duration"], {
  acronym: { type: "string", pattern: "^[a-z0-9_-]{4,}$" },
  title: some,
  start: { type: "string", format: "date" },
  end: { type: "string", format: "date" },
  daysCount: { type: "integer", minimum: 1 },
  timeslot_duration: { type: "string", pattern: "^\\d+:[0-5]\\d$" },
  time_zone_name: { type: "string", pattern: "^[A-Z][A-Za-z_]+(/[A-Za-z_+-]+)*$" },
  rooms: list(object(["guid", "name"], { guid: { type: "string", format: "uuid" }, name: some, description: maybe("string"), capacity: maybe("number") })),
  days: list(day, { minItems: 1 }),
});
export const schedule = object(["schedule"], {
  schedule: object(["conference", "version"], { version: some, base_url: web, conference }),
  generator: { type: "object" },
  $schema: { type: "string" },
});
