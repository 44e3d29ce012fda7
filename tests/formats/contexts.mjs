// JSON-LD contexts without network: what a package brings, and Web Annotation's from its vocabulary's facts
// (https://www.w3.org/TR/annotation-vocab/).
import { preloadedContexts } from "@fedify/vocab-runtime";

const oa = (name, more = {}) => ({ "@id": `http://www.w3.org/ns/oa#${name}`, ...more });
const id = { "@type": "@id" };
const number = { "@type": "http://www.w3.org/2001/XMLSchema#nonNegativeInteger" };
const classes = ["Annotation", "TextualBody", "SpecificResource", "TextPositionSelector", "TextQuoteSelector"];
const motives = ["classifying", "describing", "identifying", "tagging", "linking", "commenting"];
const motive = { "@type": "@vocab" };

const annotation = {
  "@context": {
    "@version": 1.1,
    id: "@id",
    type: "@type",
    ...Object.fromEntries([...classes, ...motives].map((name) => [name, oa(name)])),
    AnnotationPage: "https://www.w3.org/ns/activitystreams#OrderedCollectionPage",
    items: { "@id": "https://www.w3.org/ns/activitystreams#items", "@type": "@id", "@container": "@list" },
    body: oa("hasBody", id),
    target: oa("hasTarget", id),
    source: oa("hasSource", id),
    selector: oa("hasSelector", id),
    motivation: oa("motivatedBy", motive),
    purpose: oa("hasPurpose", motive),
    exact: oa("exact"),
    prefix: oa("prefix"),
    suffix: oa("suffix"),
    start: oa("start", number),
    end: oa("end", number),
    value: { "@id": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value" },
  },
};

const schema = preloadedContexts["http://schema.org/"];
export const contexts = {
  "https://schema.org": schema,
  "https://www.w3.org/ns/activitystreams": preloadedContexts["https://www.w3.org/ns/activitystreams"],
  "http://www.w3.org/ns/anno.jsonld": annotation,
};

/** Every term of schema.org. */
export const terms = new Set(Object.keys(schema["@context"]));

/** Gives the contexts above, and nothing else. */
export const documentLoader = async (url) => {
  const document = contexts[url.replace(/\/$/, "")] ?? contexts[url];
  if (!document) throw new Error(`asks for ${url}`);
  return { contextUrl: null, documentUrl: url, document };
};
