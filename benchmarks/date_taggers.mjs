// One text on standard input as JSON {tool, text, language, day}; [[start, end, EDTF value], …] on standard output.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const require = createRequire(import.meta.url);
const { tool, text, language, day } = JSON.parse(readFileSync(0, "utf8"));
const pad = (number, width = 2) => String(number).padStart(width, "0");

function edtf(parts) {
  if (!parts) return "";
  const known = (name) => parts.isCertain(name);
  const year = pad(parts.get("year"), 4);
  if (known("day") || known("weekday")) return `${year}-${pad(parts.get("month"))}-${pad(parts.get("day"))}`;
  if (known("month")) return `${year}-${pad(parts.get("month"))}`;
  return known("year") ? year : `${year}-${pad(parts.get("month"))}-${pad(parts.get("day"))}`;
}

function chronoDates() {
  const chrono = require("chrono-node");
  if (!chrono[language]) return [];
  return chrono[language].casual.parse(text, new Date(`${day}T12:00:00Z`)).map((hit) => {
    const value = hit.end ? `${edtf(hit.start)}/${edtf(hit.end)}` : edtf(hit.start);
    return [hit.index, hit.index + hit.text.length, value];
  });
}

const CULTURES = { en: "en-us", es: "es-es", fr: "fr-fr", pt: "pt-br", zh: "zh-cn", de: "de-de", ja: "ja-jp" };

function recognizedDates() {
  if (!CULTURES[language]) return [];
  let hits;
  try {
    const { recognizeDateTime } = require("@microsoft/recognizers-text-date-time");
    hits = recognizeDateTime(text, CULTURES[language], undefined, new Date(`${day}T12:00:00Z`));
  } catch {
    return []; // a culture without dates
  }
  return hits.filter((hit) => hit.resolution && hit.typeName.includes("date")).map((hit) => {
    const values = hit.resolution.values;
    const past = values[0];
    const timex = past.timex ?? "";
    let value = "";
    if (/^\d{4}(-\d\d(-\d\d)?)?$/.test(timex)) value = timex;
    else if (past.value) value = String(past.value).slice(0, 10);
    else if (past.start && past.end) value = `${past.start.slice(0, 10)}/${past.end.slice(0, 10)}`;
    return [hit.start, hit.end + 1, value];
  });
}

process.stdout.write(JSON.stringify(tool === "chrono" ? chronoDates() : recognizedDates()));
