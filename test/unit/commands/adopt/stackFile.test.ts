import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Place } from "../../../../commands/adopt/named";
import { UneditableFile, withExisting } from "../../../../commands/adopt/stackFile";
import { exampleNames } from "../../../../scripts/examples/documents";
import { repositoryRoot } from "../../../../scripts/lab/folders";

/** A file as people write it, and the same with `existing: true` at some places. */
const cases: readonly {
  readonly title: string;
  readonly before: string;
  readonly places: readonly Place[];
  readonly after: string;
}[] = [
  {
    title: "beside the name, below what is said of it",
    before:
      "config:\n  deckhouse-vsphere:regions:\n    - datacenter: X1\n      # The first.\n      name: r # of others\n      # Its zones.\n      zones: []\n",
    places: [["regions", 0]],
    after:
      "config:\n  deckhouse-vsphere:regions:\n    - datacenter: X1\n      # The first.\n      name: r # of others\n      existing: true\n      # Its zones.\n      zones: []\n",
  },
  {
    title: "as the first key where there is no name",
    before: "config:\n  deckhouse-vsphere:role:\n    # Who.\n    principals: [a@b]\n",
    places: [["role"]],
    after:
      "config:\n  deckhouse-vsphere:role:\n    # Who.\n    existing: true\n    principals: [a@b]\n",
  },
  {
    title: "in place of false",
    before: "config:\n  deckhouse-vsphere:role: { existing: false, principals: [a@b] } # x\n",
    places: [["role"]],
    after: "config:\n  deckhouse-vsphere:role: { existing: true, principals: [a@b] } # x\n",
  },
  {
    title: "nowhere when it is there",
    before: "config:\n  deckhouse-vsphere:role:\n    existing: true\n    principals: [a@b]\n",
    places: [["role"]],
    after: "config:\n  deckhouse-vsphere:role:\n    existing: true\n    principals: [a@b]\n",
  },
  {
    title: "in flow style",
    before:
      "config:\n  deckhouse-vsphere:regions: [{ name: 'r', zones: [ {name: z, cluster: c}, {\n      cluster: d } ] }]\n",
    places: [
      ["regions", 0],
      ["regions", 0, "zones", 0],
      ["regions", 0, "zones", 1],
    ],
    after:
      "config:\n  deckhouse-vsphere:regions: [{ name: 'r', existing: true, zones: [ {name: z, existing: true, cluster: c}, { existing: true,\n      cluster: d } ] }]\n",
  },
  {
    title: "in a JSON text, which is YAML too",
    before: '{"config": {"deckhouse-vsphere:role": {"principals": ["a@b"]}}}\n',
    places: [["role"], ["categories", "zone"]],
    after:
      '{"config": {"deckhouse-vsphere:role": {existing: true, "principals": ["a@b"]}, deckhouse-vsphere:categories: { zone: { existing: true } }}}\n',
  },
  {
    title: "in empty maps",
    before: "config:\n  deckhouse-vsphere:categories: {}\n  deckhouse-vsphere:role: {}\n",
    places: [["categories", "zone"], ["role"]],
    after:
      "config:\n  deckhouse-vsphere:categories: { zone: { existing: true } }\n  deckhouse-vsphere:role: { existing: true }\n",
  },
  {
    title:
      "below keys that are missing, with the indentation of the file and without a line break at its end",
    before: "encryptionsalt: v1:x\nconfig:\n    deckhouse-vsphere:role:\n        name: k # last",
    places: [["categories", "region"], ["categories", "zone"], ["role"]],
    after:
      "encryptionsalt: v1:x\nconfig:\n    deckhouse-vsphere:role:\n        name: k # last\n        existing: true\n    deckhouse-vsphere:categories:\n        region:\n            existing: true\n        zone:\n            existing: true",
  },
  {
    title: "below one that is there, before what follows",
    before:
      "config:\n  deckhouse-vsphere:categories:\n    region:\n      name: r\n  # Who.\n  deckhouse-vsphere:role:\n    secret: |\n      text\n",
    places: [
      ["categories", "region"],
      ["categories", "zone"],
    ],
    after:
      "config:\n  deckhouse-vsphere:categories:\n    region:\n      name: r\n      existing: true\n    zone:\n      existing: true\n  # Who.\n  deckhouse-vsphere:role:\n    secret: |\n      text\n",
  },
  {
    title: "after a text of several lines",
    before: "config:\n  deckhouse-vsphere:caBundle: |\n    one\n    two\nencryptionsalt: v1:x\n",
    places: [["categories", "zone"]],
    after:
      "config:\n  deckhouse-vsphere:caBundle: |\n    one\n    two\n  deckhouse-vsphere:categories:\n    zone:\n      existing: true\nencryptionsalt: v1:x\n",
  },
  {
    title: "with the line breaks of Windows",
    before:
      "config:\r\n  deckhouse-vsphere:regions:\r\n  - name: r # x\r\n    zones:\r\n    - cluster: c\r\n",
    places: [
      ["regions", 0],
      ["regions", 0, "zones", 0],
      ["categories", "zone"],
    ],
    after:
      "config:\r\n  deckhouse-vsphere:regions:\r\n  - name: r # x\r\n    existing: true\r\n    zones:\r\n    - existing: true\r\n      cluster: c\r\n  deckhouse-vsphere:categories:\r\n    zone:\r\n      existing: true\r\n",
  },
  {
    title: "beside anchors that nothing else uses, and secrets",
    before:
      "config:\n  deckhouse-vsphere:password:\n    secure: AAABAF==\n  deckhouse-vsphere:role: &role\n    name: &n k\n    principals: [*n]\n",
    places: [["role"]],
    after:
      "config:\n  deckhouse-vsphere:password:\n    secure: AAABAF==\n  deckhouse-vsphere:role: &role\n    name: &n k\n    existing: true\n    principals: [*n]\n",
  },
];

const refused: readonly (readonly [title: string, text: string, places: readonly Place[]])[] = [
  ["an alias", "config:\n  a: &r\n    name: r\n  deckhouse-vsphere:role: *r\n", [["role"]]],
  [
    "a map that another key uses",
    "config:\n  deckhouse-vsphere:role: &r\n    name: r\n  b: *r\n",
    [["role"]],
  ],
  [
    "a map that is merged into another",
    "config:\n  deckhouse-vsphere:regions:\n    - &r\n      name: r\n    - <<: *r\n      name: s\n",
    [["regions", 0]],
  ],
  ["a list that the file does not have", "config:\n  a: b\n", [["regions", 0]]],
  ["a list that is too short", "config:\n  deckhouse-vsphere:regions: []\n", [["regions", 0]]],
  ["a key that leads to nothing", "config:\n  deckhouse-vsphere:role:\n", [["role"]]],
  ["a file without configuration", "encryptionsalt: v1:x\n", [["role"]]],
  ["what is no YAML", "config: [\n", [["role"]]],
];

describe("existing: true in a stack's file", () => {
  for (const { title, before, places, after } of cases) {
    it(`is written ${title}`, () => {
      assert.equal(withExisting(before, places), after);
      assert.equal(withExisting(after, places), after, "a second time");
    });
  }

  for (const [title, text, places] of refused) {
    it(`is refused in ${title}`, () => {
      assert.throws(() => withExisting(text, places), UneditableFile);
    });
  }

  for (const file of stackFiles()) {
    it(`adds lines to ${file}, and changes none`, () => {
      const text = readFileSync(join(repositoryRoot, file), "utf8");
      const { config } = parse(text) as { config: Record<string, { zones: object[] }[]> };
      const places: Place[] = [["categories", "region"], ["categories", "zone"], ["role"]];
      for (const [index, { zones }] of config["deckhouse-vsphere:regions"]!.entries()) {
        places.push(["regions", index]);
        places.push(...zones.map((_, number): Place => ["regions", index, "zones", number]));
      }
      const edited = withExisting(text, places);
      const added = new Set([
        "existing: true",
        "deckhouse-vsphere:categories:",
        "region:",
        "zone:",
      ]);
      assert.equal(edited.match(/^ +existing: true$/gm)?.length, places.length);
      assert.equal(withoutAdded(edited, text, added), text);
    });
  }
});

/** The edited text without the lines that the original does not have at their place. */
function withoutAdded(edited: string, original: string, added: ReadonlySet<string>): string {
  const rest = original.split("\n");
  return edited
    .split("\n")
    .filter((line) => {
      if (line === rest[0]) {
        rest.shift();
        return true;
      }
      assert.ok(added.has(line.trim()), line);
      return false;
    })
    .join("\n");
}

function stackFiles(): string[] {
  const examples = exampleNames.map((name) => `examples/${name}/Pulumi.${name}.yaml`);
  return ["Pulumi.dev.yaml", ...examples];
}
