import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { parseAllDocuments } from "yaml";
import { z } from "zod";
import { exampleNames } from "../../../scripts/examples/documents";
import { generatedFolders } from "../../../scripts/generatedFiles";
import { repositoryRoot } from "../../../scripts/lab/folders";
import { documentFaults, schemaKey, type ReadDocument } from "../../support/documentRules";
import { documentSchemas } from "../../support/documentSchemas";

const folders = generatedFolders();

/** The committed documents of all stacks, a list for each region. */
const committed = folders.flatMap(({ folder }) =>
  readdirSync(folder).map((file) =>
    parseAllDocuments(readFileSync(join(folder, file), "utf8")).map(
      (document) => document.toJS() as ReadDocument,
    ),
  ),
);

/**
 * What has one value in all of these documents: placeholders and the server, which regionDocuments.test.ts tests, what
 * neither a user nor a version of Deckhouse changes, and the interfaces, which only one document names.
 */
const ofOneValue = [
  "InitConfiguration.deckhouse.registryDockerCfg",
  "VsphereClusterConfiguration.provider.server",
  "VsphereClusterConfiguration.provider.password",
  "ModuleConfig deckhouse.spec.version",
  "MetalLoadBalancerConfiguration.spec.nodeSelector",
  "IngressNginxController.metadata.name",
  "IngressNginxController.spec.nodeSelector",
  "ModuleConfig metallb.spec.settings.bgpPeers[].password",
  "VsphereClusterConfiguration.nsxt.password",
  "ModuleConfig cloud-provider-vsphere.spec.version",
  "Secret.metadata.namespace",
  "Secret.metadata.labels",
  "Secret.stringData.password",
  "MetalLoadBalancerBGPPeer.spec.passwordSecretRef.namespace",
  "MetalLoadBalancerClass.spec.isDefault",
  "MetalLoadBalancerClass.spec.nodeSelector",
  "MetalLoadBalancerClass.spec.l2.interfaces",
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
    assert.deepEqual(examples.sort(), [...exampleNames].sort());
  });

  it("satisfy every rule of Deckhouse", () => {
    for (const documents of committed) assert.deepEqual(documentFaults(documents), []);
  });

  it("set each field of the schemas, and show another value of it or none", () => {
    const fields: Fields = new Map();
    for (const document of committed.flat()) {
      const key = schemaKey(document);
      lookAt(documentSchemas[key], document, key, fields);
    }
    assert.deepEqual(
      new Set(committed.flat().map(schemaKey)),
      new Set(Object.keys(documentSchemas)),
    );
    const all = [...fields.values()].flatMap((one) => Object.values(one));
    assert.ok(all.length > 130, all.length.toString());
    const pathsOf = (is: (values: Set<string>) => boolean): string[] =>
      all.filter(({ values }) => is(values)).map(({ path }) => path);
    assert.deepEqual(
      pathsOf((values) => values.size === 1 && values.has("undefined")),
      [],
    );
    assert.deepEqual(
      pathsOf((values) => values.size === 1),
      ofOneValue,
    );
  });
});

/** The values that are seen of a field, as JSON, with the path of its first place. */
interface Field {
  readonly path: string;
  readonly values: Set<string>;
}

/** By schema of the object, because several objects have the same, and by key. */
type Fields = Map<z.ZodObject, Record<string, Field>>;

/** Adds the values of all fields that are neither objects nor of one value by their schema. */
function lookAt(schema: unknown, value: unknown, path: string, fields: Fields): void {
  if (schema instanceof z.ZodArray) {
    for (const entry of value as unknown[]) lookAt(schema.element, entry, `${path}[]`, fields);
  }
  if (!(schema instanceof z.ZodObject)) return;
  const own = fields.get(schema) ?? {};
  fields.set(schema, own);
  for (const [key, field] of Object.entries(schema.shape)) {
    const inner: unknown = field instanceof z.ZodOptional ? field.unwrap() : field;
    const entry = (value as Record<string, unknown>)[key];
    if (
      key !== "kind" &&
      (inner !== field || !(inner instanceof z.ZodObject || inner instanceof z.ZodLiteral))
    ) {
      own[key] ??= { path: `${path}.${key}`, values: new Set() };
      own[key].values.add(entry === undefined ? "undefined" : JSON.stringify(entry));
    }
    if (entry !== undefined) lookAt(inner, entry, `${path}.${key}`, fields);
  }
}
