import assert from "node:assert/strict";
import { withTaken } from "../../../../commands/adopt/recordTaken";
import type { Earlier } from "../../../../preflight/check";
import { nothingEarlier } from "../../../../preflight/ours";
import { AdoptionWorld } from "../../../support/adoptionWorld";

const stackUrn = "urn:pulumi:test::project::pulumi:pulumi:Stack::project-test";
const stack = { urn: stackUrn, type: "pulumi:pulumi:Stack" };
const vCenter = { server: "vcenter.example.com", instanceUuid: "uuid", restoredAs: "" };
const type = "pulumi-nodejs:dynamic/vCenter:VCenter";

/** What the state says after it was recorded that these names were taken. */
function recorded(
  names: readonly string[],
  resources: readonly object[],
  values: Readonly<Record<string, string>> = {},
): { urn: string; type: string; provider: string; inputs: object; outputs: object }[] | undefined {
  const taken = new AdoptionWorld().named.filter(({ name }) => names.includes(name));
  const state = JSON.stringify({ version: 3, deployment: { resources, metadata: {} } });
  const settings = { values, encryptedKeys: new Set(["vsphere:password"]) };
  const after = withTaken(state, taken, vCenter, settings);
  if (after === undefined) return undefined;
  const { version, deployment } = JSON.parse(after) as {
    version: number;
    deployment: { resources: ReturnType<typeof recorded>; metadata: object };
  };
  assert.deepEqual([version, deployment.metadata], [3, {}]);
  return deployment.resources;
}

/** What a stack with a record says then that it asked for. */
function asked(names: readonly string[], before: Partial<Earlier>): unknown {
  const outputs = { server: "a", asked: { ...nothingEarlier, ...before } };
  const [resource] = recorded(names, [{ urn: "u", type, inputs: outputs, outputs }]) ?? [];
  assert.deepEqual(resource?.inputs, resource?.outputs);
  return (resource?.outputs as { asked?: unknown } | undefined)?.asked;
}

describe("the record of what was taken over", () => {
  it("is made where there is none, in the resource VCenter, with the engine's provider for it", () => {
    const values = { "vsphere:user": "u", "vsphere:password": "secret" };
    const [first, provider, resource] =
      recorded(["k8s-zone", "k8s-region-x1", "k8s-zone-x1-a", "kubernetes"], [stack], values) ?? [];
    assert.deepEqual(first, stack);
    const { id, ...rest } = provider as unknown as { id: string };
    const urn = "urn:pulumi:test::project::pulumi:providers:pulumi-nodejs::default";
    const inputs = {
      "vsphere:user": "u",
      "vsphere:password": {
        "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
        plaintext: '"secret"',
      },
    };
    assert.deepEqual(rest, {
      ...{ urn, type: "pulumi:providers:pulumi-nodejs", custom: true, inputs, outputs: inputs },
    });
    const properties = {
      ...vCenter,
      asked: {
        ...nothingEarlier,
        left: {
          ...nothingEarlier.left,
          regions: ["k8s-region-x1"],
          zones: ["k8s-zone-x1-a"],
          categories: ["k8s-zone"],
          roles: ["kubernetes"],
        },
      },
      ...{ storagePolicyIds: {}, privilegesLeftOut: [], readiness: {} },
      __provider: 'exports.handler = () => require("./dynamicProvider.js")("vCenter");',
    };
    assert.deepEqual(resource, {
      ...{ urn: `urn:pulumi:test::project::${type}::vcenter`, type, custom: true, id: "uuid" },
      ...{ inputs: properties, outputs: properties, parent: stackUrn, provider: `${urn}::${id}` },
    });
  });

  it("goes by the provider that the state has", () => {
    const urn = "urn:pulumi:test::project::pulumi:providers:pulumi-nodejs::default";
    const provider = { urn, type: "pulumi:providers:pulumi-nodejs", id: "1" };
    const resources = recorded(["kubernetes"], [stack, provider]) ?? [];
    assert.deepEqual(resources.slice(0, 2), [stack, provider]);
    assert.equal(resources[2]?.provider, `${urn}::1`);
    assert.equal(resources.length, 3);
  });

  for (const { what, names, before, after } of [
    {
      what: "adds names to those that left the configuration",
      names: ["k8s-region-x1", "k8s-zone-x1-a", "k8s-region", "kubernetes"],
      before: { left: { ...nothingEarlier.left, zones: ["old"] } },
      after: {
        left: {
          ...nothingEarlier.left,
          regions: ["k8s-region-x1"],
          zones: ["old", "k8s-zone-x1-a"],
          categories: ["k8s-region"],
          roles: ["kubernetes"],
        },
      },
    },
    {
      what: "knows a tag that was used for one of the stack's own",
      names: ["k8s-zone-x1-a"],
      before: {
        topology: { r: ["K8S-zone-x1-a", "b"] },
        usedTags: ["K8S-zone-x1-a", "b"],
        left: { ...nothingEarlier.left, usedTags: ["k8s-zone-x1-a"] },
      },
      after: { topology: { r: ["K8S-zone-x1-a", "b"] }, usedTags: ["b"] },
    },
  ] satisfies {
    what: string;
    names: string[];
    before: Partial<Earlier>;
    after: Partial<Earlier>;
  }[]) {
    it(what, () => {
      assert.deepEqual(asked(names, before), { ...nothingEarlier, ...after });
    });
  }

  for (const { what, outputs } of [
    {
      what: "when it names all of that",
      outputs: {
        asked: {
          ...nothingEarlier,
          topology: { "k8s-region-x1": ["k8s-zone-x1-a"] },
          categories: ["k8s-zone"],
          left: { ...nothingEarlier.left, roles: ["kubernetes"] },
        },
      },
    },
    { what: "of an older version of the program, which had none", outputs: {} },
  ]) {
    it(`stays as it is ${what}`, () => {
      const names = ["k8s-region-x1", "k8s-zone-x1-a", "k8s-zone", "kubernetes"];
      assert.equal(
        recorded(names, [stack, { urn: "u", type, inputs: outputs, outputs }]),
        undefined,
      );
    });
  }
});
