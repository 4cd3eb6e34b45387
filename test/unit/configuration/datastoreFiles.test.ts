import assert from "node:assert/strict";
import { ConfigurationError, parseConfiguration } from "../../../configuration";
import type { FileContent } from "../../../configuration/datastoreFiles";
import type { Changes } from "../../support/changedConfiguration";
import { stack, stackWith } from "./support";
import { withoutPointers } from "../../support/pointers";

const place = "regions[0].zones[0]";
const file = "datastores/zone-a.yaml";
const hint = "write a list, one datastore on a line: - x1_lun_1";

/** What has the datastores of a zone in a file. */
const fromFile = (name: string, zone = place): Changes => ({
  [`${zone}.datastores`]: undefined,
  [`${zone}.datastoresFile`]: name,
});

/** The example with the datastores of the first zone in a file. */
const inFile = stackWith(fromFile(file));

/** Files by their paths; any other is missing. */
const reader =
  (files: Readonly<Record<string, string>>) =>
  (path: string): FileContent => {
    const text = files[path];
    return text === undefined ? { wrong: "there is no such file", remedy: "make it" } : { text };
  };

function lines(raw: unknown, files: Readonly<Record<string, string>>): string[] {
  try {
    parseConfiguration(raw, { readFile: reader(files) });
  } catch (error) {
    assert.ok(error instanceof ConfigurationError, String(error));
    return withoutPointers(error.message).split("\n").slice(1);
  }
  return assert.fail("the configuration was accepted");
}

describe("datastores in a file", () => {
  for (const [title, text] of Object.entries({
    YAML: "# of the storage team\n- x1_lun_1\n- x1_lun_2\n",
    JSON: '["x1_lun_1", "x1_lun_2"]',
    "JSON with tabs and a mark of the byte order": '\uFEFF[\n\t"x1_lun_1",\n\t"x1_lun_2"\n]\n',
    "YAML with the line ends of Windows": "- x1_lun_1\r\n- 'x1_lun_2'\r\n",
  })) {
    it(`are as good as those in the configuration: ${title}`, () => {
      const parsed = parseConfiguration(inFile, { readFile: reader({ [file]: text }) });
      assert.deepEqual(parsed, parseConfiguration(stack));
    });
  }

  it("are read from the file whose name is written, letters and marks apart or together", () => {
    for (const name of ["e\u0301.yaml", "\u00E9.yaml"]) {
      const raw = stackWith(fromFile(name));
      parseConfiguration(raw, { readFile: reader({ [name]: "- a" }) });
      const missing = lines(raw, {});
      assert.ok(missing[0]?.includes(`found "${name}"`), String(missing));
    }
  });

  it("change nothing in what was handed in", () => {
    const before = structuredClone(inFile);
    parseConfiguration(inFile, { readFile: reader({ [file]: "- a" }) });
    assert.deepEqual(inFile, before);
  });

  it("can be the same in two regions, whose datacenters have datastores of one name", () => {
    const raw = stackWith({ ...fromFile(file), ...fromFile(file, "regions[1].zones[0]") });
    const [first, second] = parseConfiguration(raw, {
      readFile: reader({ [file]: "- lun" }),
    }).regions;
    assert.deepEqual(
      [first, second].map((region) => region?.zones[0]?.datastores),
      [["/X1/datastore/lun"], ["/X2/datastore/lun"]],
    );
  });

  const faults: Readonly<Record<string, readonly [text: string | undefined, ...string[]]>> = {
    "a file that is not there": [
      undefined,
      `${place}.datastoresFile: found "${file}": there is no such file: make it`,
    ],
    "an empty file": ["", `${file}: found nothing: the file is empty: ${hint}`],
    "a file of comments": ["# soon\n", `${file}: found nothing: the file is empty: ${hint}`],
    "an empty list": [
      "[]",
      `${file}: found an empty list: the list has too few entries: write at least 1, for example ["x1_lun_1","x1_lun_2"]`,
    ],
    "an object": [
      "datastores:\n  - x1_lun_1\n",
      `${file}: found an object: an object cannot stand here: write a list, for example ["x1_lun_1","x1_lun_2"]`,
    ],
    text: [
      "x1_lun_1 x1_lun_2",
      `${file}: found "x1_lun_1 x1_lun_2": text cannot stand here: write a list, for example ["x1_lun_1","x1_lun_2"]`,
    ],
    "text that is no YAML": [
      "- a\n- [b\n",
      `${file}: found text: it is neither YAML nor JSON (Flow sequence in block collection must be sufficiently ` +
        `indented and end with a ] at line 3, column 1): ${hint}`,
    ],
    "what is no name": [
      "- x1_lun_1\n- 42\n- 'a '\n",
      `${file}[1]: found 42: a number cannot stand here, and YAML makes numbers of words such as 0042 and 1e3: put the text in quotes`,
      `${file}[2]: found "a ": is empty, has blanks at an end or is more than one line: write one line without blanks around it`,
    ],
    "a name that is written twice": [
      "- x1_lun_1\n- X1_LUN_1\n",
      `${file}[1]: found "X1_LUN_1": ${file}[0] is the same datastore: remove one of the two`,
    ],
    "a datastore of another zone, which is in the configuration": [
      "- x1_lun_3\n",
      `regions[0].zones[1].datastores[0]: found "x1_lun_3": ${file}[0] is the same datastore, and a datastore can ` +
        "carry only one zone tag: list it in one zone only, or write categories.zone.cardinality: MULTIPLE, with which " +
        "vCenter never goes back to one tag for each object; a datastore for root disks alone needs no tag and is not listed",
    ],
    "a datastore of another datacenter": [
      "- /X2/datastore/a\n",
      `${file}[0]: found "/X2/datastore/a": the datastore is outside /X1, the datacenter of its region, where Deckhouse ` +
        "would not find it: write a path that begins with /X1/datastore/, or the datastore's name alone",
    ],
  };
  for (const [title, [text, ...expected]] of Object.entries(faults)) {
    it(`are told by the file and the place in it: ${title}`, () => {
      assert.deepEqual(lines(inFile, text === undefined ? {} : { [file]: text }), expected);
    });
  }

  it("are told together with all other faults, and many of a kind in short, over all files", () => {
    const raw = stackWith({
      "regions[0].name": 7,
      ...fromFile(file),
      ...fromFile("other.json", "regions[0].zones[1]"),
    });
    const bad = JSON.stringify(Array.from({ length: 5_000 }, (_, index) => `lun_${index} `));
    const told = lines(raw, { [file]: bad, "other.json": bad });
    assert.equal(told.length, 20 + 1 + 1);
    assert.ok(told.includes("and 9,980 more of this kind"));
    assert.match(told.at(-1) ?? "", /^regions\[0\]\.name: found 7/);
  });

  it("exclude a list in the configuration", () => {
    assert.deepEqual(lines(stackWith({ [`${place}.datastoresFile`]: file }), { [file]: "- a" }), [
      `${place}.datastoresFile: found "${file}": ${place}.datastores is there too, and the two exclude each other: ` +
        "choose one, datastores or datastoresFile",
    ]);
  });

  it("are asked for where a zone has neither", () => {
    assert.deepEqual(lines(stackWith({ [`${place}.datastores`]: undefined }), {}), [
      `${place}.datastores: found nothing: this key is required: add it, for example ["x1_lun_1","x1_lun_2"], or ` +
        "datastoresFile",
    ]);
  });

  for (const cardinality of [undefined, "SINGLE"]) {
    it(`of two zones of a region cannot be the same when the zone category is ${cardinality ?? "as by default"}`, () => {
      const raw = stackWith({
        ...fromFile(file),
        ...fromFile(`./${file}`, "regions[0].zones[1]"),
        "categories.zone.cardinality": cardinality,
      });
      assert.deepEqual(lines(raw, { [file]: "- a" }), [
        `regions[0].zones[1].datastoresFile: found "./${file}": ${place}.datastoresFile names the same file, and a ` +
          "datastore can carry one zone tag only: give each zone a file of its own, or write categories.zone.cardinality: " +
          "MULTIPLE, with which vCenter never goes back to one tag for each object",
      ]);
    });
  }

  it("of two zones of a region can be the same when the zone category is MULTIPLE", () => {
    const raw = stackWith({
      ...fromFile(file),
      ...fromFile(`./${file}`, "regions[0].zones[1]"),
      "categories.zone.cardinality": "MULTIPLE",
    });
    const readFile = reader({ [file]: "- a", [`./${file}`]: "- a" });
    const [region] = parseConfiguration(raw, { readFile }).regions;
    assert.deepEqual(
      region?.zones.map(({ datastores }) => datastores),
      [["/X1/datastore/a"], ["/X1/datastore/a"]],
    );
  });

  it("are not read where nobody said how", () => {
    assert.throws(() => parseConfiguration(inFile), /datastoresFile: found .* not read here/);
  });
});
