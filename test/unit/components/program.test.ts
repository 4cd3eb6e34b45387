import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { exampleConfiguration } from "../../support/writtenExample";
import type { RegionDocuments } from "../../../documents";
import { changed } from "../../support/changedConfiguration";
import { setVariable } from "../../support/environment";
import { recordProgram, valueOf, type RecordedProgram } from "../../support/pulumiMocks";

const passwords = ["hunter2-of-the-vcenter", "hunter2-of-the-cluster"] as const;
const secretKeysVariable = "PULUMI_CONFIG_SECRET_KEYS";

/** What index.ts exports. */
interface Program {
  readonly regions: object;
  readonly tagIds: Readonly<Record<string, unknown>>;
  readonly roleIds: Readonly<Record<string, unknown>>;
  readonly templates: pulumi.Output<Readonly<Record<string, string>>> | undefined;
  readonly documents: pulumi.Output<RegionDocuments>;
  readonly documentFiles: pulumi.Output<RegionDocuments>;
}

/** Runs the whole program for the example, with changes to its configuration. */
async function run(
  preview: boolean,
  changes: object = {},
): Promise<{ recorded: RecordedProgram; program: Program | undefined }> {
  const configuration = Object.entries({ ...exampleConfiguration, ...changes });
  pulumi.runtime.setAllConfig({
    "vsphere:vsphereServer": "vcenter.example.com",
    "vsphere:user": "administrator@vsphere.local",
    "vsphere:password": passwords[0],
    "deckhouse-vsphere:clusterAccountPassword": passwords[1],
    ...Object.fromEntries(
      configuration.map(([key, value]) => [`deckhouse-vsphere:${key}`, JSON.stringify(value)]),
    ),
  });
  const entryPoint = require.resolve("../../../index");
  Reflect.deleteProperty(require.cache, entryPoint);
  let program: Program | undefined;
  const recorded = await recordProgram({ preview, outputs: seen }, () => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- the program runs while it is loaded
    program = require(entryPoint) as Program;
  });
  return { recorded, program };
}

/** How the resource `vcenter` gets the secrets of the documents, on the wire: the engine's mark of a secret is around them. */
const documentSecrets = JSON.stringify({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value: { clusterAccountPassword: passwords[1] },
});

/** What the look at the vCenter tells: that no storage policy is named. */
function seen(name: string): object {
  return name === "vcenter" ? { storagePolicyIds: {}, privilegesLeftOut: [], readiness: {} } : {};
}

/** How often the secrets of the documents are among the inputs of the resource that compares them, and all other inputs. */
function withoutSecrets({ resources, components }: RecordedProgram): [count: number, rest: string] {
  const inputs = JSON.stringify([resources, components]);
  const parts = inputs.split(`"documentSecrets":${documentSecrets}`);
  return [parts.length - 1, parts.join("")];
}

describe("the whole program", () => {
  const before = process.env[secretKeysVariable];

  beforeEach(() => {
    process.env[secretKeysVariable] =
      '["vsphere:password","deckhouse-vsphere:clusterAccountPassword"]';
  });

  after(() => {
    pulumi.runtime.setAllConfig({});
    setVariable(secretKeysVariable, before);
  });

  for (const preview of [false, true]) {
    it(`makes what the documents say for the example, no more, and a password only as a secret (${preview ? "preview" : "up"})`, async () => {
      const { recorded } = await run(preview);
      assert.deepEqual([recorded.error, recorded.warnings], [undefined, []]);
      assert.deepEqual(
        recorded.resources.map(({ name }) => name),
        [
          "kubernetes-deckhouse@vsphere.local-on-/X1",
          "kubernetes-deckhouse@vsphere.local-on-/X2",
          "kubernetes-role",
          "kubernetes-role-guard",
          "topology-attachments",
          "topology-k8s-region-x1",
          "topology-k8s-region-x2",
          "topology-k8s-zone-x1-a",
          "topology-k8s-zone-x1-b",
          "topology-k8s-zone-x2-a",
          "topology-k8s-zone-x2-b",
          "topology-region-category",
          "topology-zone-category",
          "vcenter",
          "vsphere",
        ],
      );
      assert.deepEqual(recorded.lookups, []);
      assert.ok(Object.values(recorded.options).every(({ protect }) => protect === undefined));
      const [secrets, rest] = withoutSecrets(recorded);
      assert.equal(secrets, 1, "once, for VCenter to compare");
      assert.ok(!passwords.some((password) => rest.includes(password)));
    });
  }

  it("keeps no secrets to compare where no document holds any", async () => {
    const regions = exampleConfiguration.regions.map(
      ({ clusterConfiguration: _cluster, ...region }) => region,
    );
    const noCluster = { clusterConfiguration: undefined, clusterAccount: undefined };
    const { recorded } = await run(false, { regions, ...noCluster });
    assert.equal(recorded.error, undefined);
    const inputs = JSON.stringify(recorded.resources);
    assert.ok(!inputs.includes(passwords[1]) && !inputs.includes("documentSecrets"));
  });

  it("keeps the documents secret, and everything else readable", async () => {
    const { program } = await run(false);
    assert.ok(program);
    assert.equal(await pulumi.isSecret(program.documents), true);
    assert.equal(await pulumi.isSecret(program.documentFiles), false);
    const documents = await valueOf(program.documents);
    assert.deepEqual(Object.keys(documents ?? {}), ["k8s-region-x1", "k8s-region-x2"]);
    assert.ok(JSON.stringify(documents).includes(passwords[1]));
    const files = await valueOf(program.documentFiles);
    assert.deepEqual(Object.keys(files ?? {}), ["k8s-region-x1", "k8s-region-x2"]);
    for (const [region, summaries] of Object.entries(files ?? {})) {
      assert.deepEqual(Object.keys(summaries), Object.keys(documents?.[region] ?? {}));
      for (const summary of Object.values(summaries)) {
        assert.match(summary, /^[\d,]+ lines?, sha256 [0-9a-f]{12}$/);
      }
    }
    assert.deepEqual(Object.keys(program.regions), ["k8s-region-x1", "k8s-region-x2"]);
    assert.deepEqual(Object.keys(program.tagIds).length, 6);
    assert.deepEqual(Object.keys(program.roleIds), ["kubernetes"]);
  });

  it("protects everything that it makes in vCenter by one switch", async () => {
    const { recorded } = await run(false, { protect: true });
    // A look makes nothing that could be lost, and neither do a provider and documents.
    const own = Object.entries(recorded.options).filter(
      ([name]) => !/default|^vsphere$|^documents$/.test(name),
    );
    assert.equal(own.length, 16);
    assert.ok(own.every(([, { protect }]) => protect === true));
  });

  for (const [what, role, types] of [
    ["no role and no permission where none is written", undefined, []],
    ["a role for nobody where no principal is written", { preset: "seed" }, ["Role", "RoleGuard"]],
  ] as const) {
    it(`makes ${what}`, async () => {
      const clusterAccount = { username: "deckhouse@vsphere.local" };
      const { recorded } = await run(false, { role, clusterAccount });
      assert.equal(recorded.error, undefined);
      const made = recorded.resources.map(({ type }) => type.slice(type.lastIndexOf(":") + 1));
      assert.deepEqual(made.filter((type) => /^(Role|Permission)/.test(type)).sort(), types);
      assert.ok(made.includes("TagAttachments"));
      const [warning = "", ...others] = recorded.warnings;
      assert.match(warning, /^clusterAccount\.username: .* is not among role\.principals/);
      assert.deepEqual(others, []);
    });
  }

  it("grants the read-only role of the granular model where the configuration says so", async () => {
    const nodes = { distributedPortGroups: ["k8s-nodes"] };
    const granular = { regions: { "k8s-region-x1": nodes, "k8s-region-x2": nodes } };
    const role = { ...exampleConfiguration.role, grant: "granular", granular };
    const { recorded } = await run(false, { role });
    assert.equal(recorded.error, undefined);
    const granted = recorded.resources.filter(({ type }) => type.endsWith(":Permission"));
    const on = (path: string): unknown[] => {
      const inputs = granted.find((one) => one.inputs["path"] === path)?.inputs ?? {};
      return [inputs["roleName"], inputs["propagate"]];
    };
    assert.deepEqual(on("/"), ["kubernetes-read-only", false]);
    assert.deepEqual(on("/X1/host/x1_cluster_prod"), ["kubernetes", true]);
  });

  describe("with a template to build", () => {
    const regions = changed(exampleConfiguration.regions, {
      "[0].clusterConfiguration.masterNodeGroup.instanceClass.template": undefined,
      "[1].clusterConfiguration.masterNodeGroup.instanceClass.template": undefined,
    });
    const changes = { regions, templateImage: { builtin: {} } };

    for (const preview of [false, true]) {
      it(`makes it in each region, and names it in the documents (${preview ? "preview" : "up"})`, async () => {
        const { recorded, program } = await run(preview, changes);
        assert.equal(recorded.error, undefined);
        assert.deepEqual(
          recorded.resources
            .map(({ name }) => name)
            .filter((name) => name.startsWith("template"))
            .map((name) => name.replace("template-k8s-region-", "")),
          ["x1", "x1-lookup", "x2", "x2-lookup"],
        );
        const templates = await valueOf(program!.templates!);
        const template = templates?.["k8s-region-x1"] ?? "";
        assert.match(template, /^Templates\/ubuntu-noble-24\.04-[0-9a-f]{8}$/);
        assert.deepEqual(templates, { "k8s-region-x1": template, "k8s-region-x2": template });
        const documents = Object.values((await valueOf(program!.documents)) ?? {});
        assert.equal(documents.length, 2);
        for (const files of documents) {
          const document = files["vsphere-cluster-configuration.yaml"] ?? "";
          assert.ok(document.includes(`template: ${template}\n`), document);
        }
      });
    }

    it("hands the password of vCenter over as a secret, and that of the cluster to none that makes it", async () => {
      const { recorded } = await run(false, changes);
      const [, inputs] = withoutSecrets(recorded);
      assert.ok(!inputs.includes(passwords[1]));
      const asSecret = `"1b47061264138c4ac30d75fd1eb44270","value":"${passwords[0]}"`;
      assert.equal(inputs.split(asSecret).length - 1, 2, "once for each Command");
      assert.ok(!inputs.replaceAll(asSecret, "").includes(passwords[0]));
    });
  });

  it("registers nothing when the configuration has a fault, and shows the message alone", async () => {
    const { recorded } = await run(false, { protect: "maybe" });
    assert.deepEqual([recorded.components, recorded.resources], [[], []]);
    assert.ok(pulumi.RunError.isInstance(recorded.error));
    assert.match(String(recorded.error), /protect: found "maybe": /);
  });
});
