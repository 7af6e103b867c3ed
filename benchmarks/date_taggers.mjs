// A line on standard input for each text, as JSON {tool, text, language, day, lines}; a line of JSON for each on standard output:
// {seconds, dates: [[start, end, EDTF value], …]}, the seconds that the tool took, without the start of this process. With `lines` the
// tool is given the text line by line, and the places count from the beginning of each.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(import.meta.url);
const pad = (number, width = 2) => String(number).padStart(width, "0");

function edtf(parts) {
  if (!parts) return "";
  const known = (name) => parts.isCertain(name);
  const year = pad(parts.get("year"), 4);
  if (known("day") || known("weekday")) return `${year}-${pad(parts.get("month"))}-${pad(parts.get("day"))}`;
  if (known("month")) return `${year}-${pad(parts.get("month"))}`;
  return known("year") ? year : `${year}-${pad(parts.get("month"))}-${pad(parts.get("day"))}`;
}

function chronoHits({ text, language, day }) {
  const chrono = require("chrono-node");
  return chrono[language] ? chrono[language].casual.parse(text, new Date(`${day}T12:00:00Z`)) : [];
}

function chronoDate(hit) {
  const value = hit.end ? `${edtf(hit.start)}/${edtf(hit.end)}` : edtf(hit.start);
  return [hit.index, hit.index + hit.text.length, value];
}

const CULTURES = { en: "en-us", es: "es-es", fr: "fr-fr", pt: "pt-br", zh: "zh-cn", de: "de-de", ja: "ja-jp" };

function recognizedHits({ text, language, day }) {
  if (!CULTURES[language]) return [];
  try {
    const { recognizeDateTime } = require("@microsoft/recognizers-text-date-time");
    return recognizeDateTime(text, CULTURES[language], undefined, new Date(`${day}T12:00:00Z`));
  } catch {
    return []; // a culture without dates
  }
}

function recognizedDate(hit) {
  if (!hit.resolution || !hit.typeName.includes("date")) return undefined;
  const past = hit.resolution.values[0];
  const timex = past.timex ?? "";
  let value = "";
  if (/^\d{4}(-\d\d(-\d\d)?)?$/.test(timex)) value = timex;
  else if (past.value) value = String(past.value).slice(0, 10);
  else if (past.start && past.end) value = `${past.start.slice(0, 10)}/${past.end.slice(0, 10)}`;
  return [hit.start, hit.end + 1, value];
}

const TOOLS = { chrono: [chronoHits, chronoDate], recognizers: [recognizedHits, recognizedDate] };

for await (const line of createInterface({ input: process.stdin })) {
  const call = JSON.parse(line);
  const [hitsOf, dateOf] = TOOLS[call.tool];
  const pieces = call.lines ? call.text.split("\n").filter((piece) => piece.trim()) : [call.text];
  const begin = performance.now();
  const hits = pieces.flatMap((text) => hitsOf({ ...call, text }));
  const seconds = (performance.now() - begin) / 1000;
  process.stdout.write(`${JSON.stringify({ seconds, dates: hits.map(dateOf).filter(Boolean) })}\n`);
}
