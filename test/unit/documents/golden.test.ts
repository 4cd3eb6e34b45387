import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { parseAllDocuments } from "yaml";
import { exampleNames } from "../../../scripts/examples/documents";
import { generatedFolders } from "../../../scripts/generatedFiles";
import { repositoryRoot } from "../../../scripts/lab/folders";
import { knownVersions } from "../../support/deckhouseSchemas";
import { documentFaults } from "../../support/documentRules";
import { generatedDocuments } from "../../support/generatedDocuments";
import { kindOf, withoutSchema, type ReadDocument } from "../../support/schemaFaults";

const folders = generatedFolders();

/** The documents in a folder, a list for each region. */
function documentsIn(folder: string): ReadDocument[][] {
  return readdirSync(folder).map((file) => parsed(readFileSync(join(folder, file), "utf8")));
}

function parsed(text: string): ReadDocument[] {
  return parseAllDocuments(text).map((document) => document.toJS() as ReadDocument);
}

/** The committed documents of all stacks. */
const committed = folders.flatMap(({ folder }) => documentsIn(folder).flat());

/** What differs between installations and has one value in these documents: placeholders for secrets. */
const ofOneValue = [
  "InitConfiguration.deckhouse.registryDockerCfg",
  "ModuleConfig deckhouse.spec.settings.registry.direct.password",
  "ModuleConfig deckhouse.spec.settings.registry.direct.username",
  "ModuleConfig deckhouse.spec.settings.registry.unmanaged.password",
  "ModuleConfig deckhouse.spec.settings.registry.unmanaged.username",
  "ModuleConfig metallb.spec.settings.bgpPeers[].password",
  "Secret.stringData.password",
  "VsphereClusterConfiguration.nsxt.password",
  "VsphereClusterConfiguration.provider.password",
];

describe("the committed documents", () => {
  for (const { folder, texts } of folders) {
    it(`${relative(repositoryRoot, folder)} is what comes of the stack (make generate writes it)`, () => {
      const generated = texts();
      assert.deepEqual(readdirSync(folder).sort(), Object.keys(generated).sort());
      for (const [file, text] of Object.entries(generated)) {
        assert.equal(readFileSync(join(folder, file), "utf8"), text);
      }
    });
  }

  it("are those of every example", () => {
    const examples = readdirSync(join(repositoryRoot, "examples"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    // A program of somebody else has no documents.
    assert.deepEqual(examples.sort(), [...exampleNames, "package"].sort());
  });

  for (const { folder, deckhouse } of folders) {
    it(`${relative(repositoryRoot, folder)} is what Deckhouse takes in the version of the stack`, () => {
      for (const documents of documentsIn(folder)) {
        assert.deepEqual(documentFaults(documents, deckhouse()), []);
      }
    });
  }

  it("set each field that any configuration sets, and show another value of it or none", () => {
    const fields = fieldsOf(committed);
    const drawn = [...generatedDocuments({ count: 150, seed: 1, versions: knownVersions })].flat();
    const possible = fieldsOf(
      drawn
        .flatMap(({ text }) => parsed(text))
        .filter((document) => !withoutSchema.includes(kindOf(document))),
    );
    assert.ok(possible.size > 130, possible.size.toString());
    assert.deepEqual(
      [...possible.keys()].filter((field) => !fields.has(field)),
      [],
    );
    const isOfOne = (all: Fields, field: string): boolean => all.get(field)?.size === 1;
    assert.deepEqual(
      [...possible.keys()]
        .filter((field) => isOfOne(fields, field) && !isOfOne(possible, field))
        .sort(),
      ofOneValue,
    );
  });
});

/** The values that are seen of each field, as JSON, or `undefined` where it is left out. */
type Fields = Map<string, Set<string>>;

/** Keys with names of a user's own in them. */
const ofOwnNames = /^(?:labels|annotations|nodeSelector|bgpCommunities|matchLabels)$/;

/** Objects that are described alike, in several places. */
const alike: readonly (readonly [RegExp, string])[] = [
  [/\bnodeGroups\[\]\.instanceClass\b/, "masterNodeGroup.instanceClass"],
  [
    /^ModuleConfig cloud-provider-vsphere\.spec\.settings\.nsxt\b/,
    "VsphereClusterConfiguration.nsxt",
  ],
  [/^VsphereInstanceClass\.spec\.runtimeOptions\b/, "masterNodeGroup.instanceClass.runtimeOptions"],
  [/^masterNodeGroup\b/, "VsphereClusterConfiguration.masterNodeGroup"],
  [/\bhostPortWithProxyProtocol\b/, "hostPort"],
  [/^MetalLoadBalancerClass\.spec\.tolerations\b/, "IngressNginxController.spec.tolerations"],
  [/^NodeGroup\.spec\.nodeTemplate\b/, "VsphereClusterConfiguration.nodeGroups[].nodeTemplate"],
];

/** The values of every field of some documents; fields of objects are fields of their own. */
function fieldsOf(documents: readonly ReadDocument[]): Fields {
  const objects = new Map<string, Readonly<Record<string, unknown>>[]>();
  for (const document of documents) collect(document, kindOf(document), objects);
  const fields: Fields = new Map();
  for (const [path, seen] of objects) {
    for (const key of new Set(seen.flatMap((one) => Object.keys(one)))) {
      // What an object or a list of objects has is told by its own fields; here counts only that it is there.
      const values = new Set(seen.map((one) => shown(key, one[key])));
      if (!(values.size === 1 && values.has("fields"))) fields.set(`${path}.${key}`, values);
    }
  }
  return fields;
}

function shown(key: string, value: unknown): string {
  if (value === undefined) return "undefined";
  return isOfFields(key, value) ? "fields" : JSON.stringify(value);
}

function isOfFields(key: string, value: unknown): boolean {
  const [first] = Array.isArray(value) ? (value as unknown[]) : [value];
  return typeof first === "object" && first !== null && !ofOwnNames.test(key);
}

function collect(value: unknown, path: string, objects: Map<string, object[]>): void {
  if (Array.isArray(value)) {
    for (const entry of value) collect(entry, `${path}[]`, objects);
  } else if (typeof value === "object" && value !== null) {
    const place = alike.reduce((so, [pattern, other]) => so.replace(pattern, other), path);
    objects.set(place, [...(objects.get(place) ?? []), value]);
    for (const [key, entry] of Object.entries(value)) {
      if (isOfFields(key, entry)) collect(entry, `${place}.${key}`, objects);
    }
  }
}
