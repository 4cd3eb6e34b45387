import assert from "node:assert/strict";
import { Ajv } from "ajv";
import type { Schema } from "../../../scripts/deckhouseSchemas/facts";
import { schemaFaults, type ReadDocument } from "../../support/schemaFaults";
import { deprecatedFields, forDhctl, unknownFields } from "../../support/schemaReading";

/** Whether dhctl takes a value by a schema. */
function takes(schema: Schema, value: unknown): boolean {
  return new Ajv({ strict: false }).compile(forDhctl(schema))(value);
}

describe("dhctl, by a schema,", () => {
  const inner = { type: "object", properties: { known: { type: "string" } } };
  it("refuses keys that it does not have, at any depth, and in lists", () => {
    const schema = { properties: { inner, list: { type: "array", items: inner } } };
    assert.ok(takes(schema, { inner: { known: "x" }, list: [{ known: "x" }] }));
    assert.ok(!takes(schema, { other: 1 }));
    assert.ok(!takes(schema, { inner: { other: 1 } }));
    assert.ok(!takes(schema, { list: [{ other: 1 }] }));
  });

  it("leaves alone what says itself which further keys there may be, and all that is in it", () => {
    const open = { type: "object", additionalProperties: true, properties: { inner } };
    assert.ok(takes({ properties: { open } }, { open: { other: 1, inner: { other: 1 } } }));
  });

  it("takes a default for a value", () => {
    const properties = { one: { type: "string" }, two: { type: "string", "x-default": true } };
    const schema = { required: ["one", "two"], properties };
    assert.ok(takes(schema, { one: "x" }));
    assert.ok(!takes(schema, { two: "x" }));
  });

  it("takes null where it may be, and a number or a text where either may be", () => {
    const port = { type: "integer", "x-kubernetes-int-or-string": true };
    const properties = { port, text: { type: "string", nullable: true } };
    assert.deepEqual(forDhctl({ properties })["properties"], {
      port: { "x-kubernetes-int-or-string": true, additionalProperties: false },
      text: { type: ["string", "null"], additionalProperties: false },
    });
  });
});

describe("a custom resource has", () => {
  const schema = {
    properties: {
      spec: {
        properties: {
          known: { deprecated: true },
          labels: { additionalProperties: { properties: {} } },
          list: { items: { properties: { known: { deprecated: true } } } },
          free: { "x-kubernetes-preserve-unknown-fields": true },
        },
      },
    },
  };

  it("the fields of its definition alone", () => {
    const spec = { known: 1, labels: { any: 1 }, list: [{ known: 1 }], free: { any: { any: 1 } } };
    const resource = { apiVersion: "v1", kind: "Kind", metadata: { name: "x" }, spec };
    assert.deepEqual(unknownFields(schema, resource), []);
    const other = { ...spec, other: 1, list: [{}, { other: 1 }], labels: { any: { other: 1 } } };
    assert.deepEqual(unknownFields(schema, { spec: other, other: 1 }), [
      ".spec.labels.any.other",
      ".spec.list[1].other",
      ".spec.other",
      ".other",
    ]);
  });

  it("fields that are not to be used any more, which are found in lists too", () => {
    const spec = { known: 1, list: [{ known: 1 }] };
    assert.deepEqual(deprecatedFields(schema, { spec }), [".spec.known", ".spec.list[0].known"]);
  });
});

describe("Deckhouse's schemas", () => {
  const metallb = (version: number, settings: object): ReadDocument => ({
    apiVersion: "deckhouse.io/v1alpha1",
    kind: "ModuleConfig",
    metadata: { name: "metallb" },
    spec: { version, enabled: true, settings },
  });
  const installation = (own: object): ReadDocument => ({
    ...{ apiVersion: "deckhouse.io/v1", kind: "ClusterConfiguration", clusterType: "Cloud" },
    ...{ cloud: { provider: "vSphere", prefix: "x1" }, clusterDomain: "cluster.local" },
    ...{ podSubnetCIDR: "10.111.0.0/16", serviceSubnetCIDR: "10.222.0.0/16" },
    ...{ kubernetesVersion: "1.34", ...own },
  });

  for (const [title, document, version, refused, deprecated = []] of [
    ["take a document", installation({}), "1.77", []],
    ["take a placeholder", installation({ kubernetesVersion: "<PLACEHOLDER: a.b>" }), "1.77", []],
    [
      "refuse a value of another version",
      installation({ kubernetesVersion: "1.36" }),
      "1.74",
      [
        "ClusterConfiguration.kubernetesVersion: must be equal to one of the allowed values: " +
          '["1.30","1.31","1.32","1.33","1.34","Automatic"]',
      ],
    ],
    [
      "refuse a version of the API that there is not",
      installation({ apiVersion: "deckhouse.io/v2" }),
      "1.77",
      ["ClusterConfiguration: Deckhouse has no such document in deckhouse.io/v2"],
    ],
    [
      "refuse settings that are newer than the module",
      metallb(3, {}),
      "1.76",
      ["ModuleConfig metallb.spec.version: is newer than 2"],
    ],
    [
      "tell what is deprecated",
      metallb(3, { speaker: {} }),
      "1.77",
      [],
      ["ModuleConfig metallb.spec.settings.speaker: is deprecated"],
    ],
    [
      "know no other module",
      { ...metallb(1, {}), metadata: { name: "other" } },
      "1.77",
      ["ModuleConfig other: there is no such module"],
    ],
  ] as readonly (readonly [string, ReadDocument, string, string[], string[]?])[]) {
    it(title, () => {
      assert.deepEqual(schemaFaults(document, version), { refused, deprecated });
    });
  }
});
