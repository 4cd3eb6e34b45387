import assert from "node:assert/strict";
import { dirname, join, relative } from "node:path";
import { repositoryRoot } from "../../scripts/lab/folders";
import { removeFolder, temporaryFolder, writeFiles } from "../support/temporaryFolder";

/** A file, what it imports (a file by its path from the root, or a package), and how when not for its values. */
type Case = readonly [from: string, to: string, form?: "type" | "inline type"];

/** For each rule of .dependency-cruiser.mjs, imports that break it and no other. The cases share one tree. */
const refused: Readonly<Record<string, readonly Case[]>> = {
  "no-circle": [["documents/one.ts", "documents/two.ts", "type"]],
  "findings-below-all": [
    ["findings/finding.ts", "configuration/hosts.ts", "type"],
    ["findings/finding.ts", "vcenter/offline.ts"],
  ],
  "vcenter-alone": [
    ["vcenter/client.ts", "configuration/hosts.ts"],
    ["vcenter/client.ts", "template/place.ts", "type"],
  ],
  "vcenter-by-its-doors": [
    ["commands/render.ts", "vcenter/soap/link.ts"],
    ["scripts/demo.ts", "vcenter/inventory.ts", "type"],
    ["components/kubernetesRole/permission/provider.ts", "vcenter/authorization.ts"],
  ],
  "vcenter-offline-without-client": [
    ["vcenter/offline.ts", "undici"],
    ["vcenter/http/trust.ts", "vcenter/soap/link.ts"],
  ],
  "template-pure": [
    ["template/plan.ts", "template/runner/stages.ts", "type"],
    ["template/plan.ts", "configuration/types.ts", "type"],
  ],
  "template-pure-at-run-time": [["template/requirements.ts", "vcenter/index.ts"]],
  "runner-apart": [
    ["template/runner/packer.ts", "configuration/types.ts", "type"],
    ["template/runner/packer.ts", "components/templateImage/args.ts"],
  ],
  "configuration-pure": [
    ["configuration/rules/role.ts", "documents/index.ts"],
    ["configuration/load.ts", "template/runner/packer.ts"],
  ],
  "configuration-pure-at-run-time": [["configuration/rules/role.ts", "vcenter/index.ts"]],
  "documents-from-the-configuration": [
    ["documents/builders/nsxt.ts", "components/templateImage/args.ts", "type"],
  ],
  "documents-from-the-configuration-at-run-time": [
    ["documents/builders/nsxt.ts", "template/place.ts"],
    ["documents/builders/nsxt.ts", "vcenter/index.ts"],
  ],
  "preflight-from-the-configuration": [["preflight/datastores.ts", "documents/index.ts"]],
  "preflight-from-the-configuration-at-run-time": [["preflight/datastores.ts", "vcenter/index.ts"]],
  "pulumi-where-it-belongs": [
    ["components/kubernetesRole/permission/provider.ts", "@pulumi/pulumi"],
    ["components/regionZoneTagging/tagAttachments/provider.ts", "@pulumi/pulumi", "type"],
    ["configuration/load.ts", "@pulumi/pulumi"],
    ["template/runner/packer.ts", "@pulumi/pulumi"],
    ["vcenter/client.ts", "@pulumi/command"],
    ["commands/render.ts", "@pulumi/pulumi"],
  ],
  "program-without-vcenter": [["components/kubernetesRole/kubernetesRole.ts", "launch/index.ts"]],
  "program-without-vcenter-at-run-time": [
    ["index.ts", "preflight/index.ts"],
    ["components/kubernetesRole/kubernetesRole.ts", "vcenter/index.ts"],
    [
      "components/kubernetesRole/kubernetesRole.ts",
      "components/kubernetesRole/permission/provider.ts",
    ],
    ["components/templateImage/progress.ts", "template/runner/packer.ts"],
    ["components/regionZoneTagging/tagAttachments/model.ts", "vcenter/index.ts"],
  ],
  "provider-in-its-process": [
    ["components/vCenter/provider.ts", "documents/index.ts"],
    ["components/templateImage/templateLookupProvider.ts", "template/runner/packer.ts", "type"],
  ],
  "provider-without-resources": [
    ["components/dynamic/liveView.ts", "components/kubernetesRole/kubernetesRole.ts"],
  ],
  "policy-from-the-configuration": [
    ["policy/rolePrivileges.ts", "documents/index.ts"],
    ["policy/rootPermissions.ts", "components/dynamic/liveView.ts", "type"],
  ],
  "policy-from-the-configuration-at-run-time": [["policy/rolePrivileges.ts", "vcenter/index.ts"]],
  "policy-known-to-nobody": [["commands/render.ts", "policy/rolePrivileges.ts"]],
  "commands-beside-the-program": [["launch/start.ts", "commands/main.ts"]],
  "product-without-tools": [
    ["commands/render.ts", "scripts/lab/folders.ts"],
    ["launch/start.ts", "lab/start.ts", "type"],
  ],
  "nothing-imports-tests": [
    ["scripts/demo.ts", "test/support/stack.ts"],
    ["commands/render.ts", "test/support/stack.ts", "type"],
  ],
};

/** What closes the circle, which is told once, of its first file. */
const wayBack: Case = ["documents/two.ts", "documents/one.ts", "inline type"];

const allowed: readonly Case[] = [
  ["index.ts", "components/kubernetesRole/kubernetesRole.ts"],
  ["index.ts", "@pulumi/pulumi"],
  ["components/kubernetesRole/kubernetesRole.ts", "@pulumi/pulumi"],
  ["components/regionZoneTagging/regionZoneTagging.ts", "vcenter/index.ts", "type"],
  ["components/templateImage/templateImage.ts", "vcenter/offline.ts"],
  ["components/templateImage/progress.ts", "template/runner/progress.ts", "type"],
  ["components/kubernetesRole/permission/provider.ts", "vcenter/index.ts"],
  ["components/vCenter/provider.ts", "components/vCenter/vCenter.ts", "type"],
  ["components/vCenter/vCenter.ts", "preflight/readiness.ts", "type"],
  ["components/vsphereProvider/guard.ts", "@pulumi/pulumi/proto/provider_pb"],
  ["configuration/stackSettings.ts", "@pulumi/pulumi"],
  ["configuration/places.ts", "template/place.ts"],
  ["configuration/places.ts", "vcenter/index.ts", "type"],
  ["configuration/connection.ts", "vcenter/index.ts", "inline type"],
  ["configuration/places.ts", "vcenter/offline.ts"],
  ["template/runner/packer.ts", "vcenter/index.ts"],
  ["template/runner/packer.ts", "template/plan.ts"],
  ["vcenter/http/trust.ts", "node:tls"],
  ["vcenter/http/trust.ts", "findings/text.ts"],
  ["components/kubernetesRole/kubernetesRole.ts", "findings/text.ts"],
  ["preflight/datastores.ts", "findings/text.ts"],
  ["vcenter/objects.ts", "vcenter/soap/xml.ts", "type"],
  ["vcenter/http/transport.ts", "undici"],
  ["policy/rolePrivileges.ts", "configuration/load.ts"],
  ["policy/rootPermissions.ts", "components/dynamic/dynamicType.ts"],
  ["policy/pack.ts", "@pulumi/policy"],
  ["commands/render.ts", "documents/index.ts"],
  ["scripts/demo.ts", "commands/main.ts"],
  ["test/unit/soap.test.ts", "vcenter/soap/link.ts"],
  ["test/unit/soap.test.ts", "scripts/lab/folders.ts"],
];

describe("the rules for imports", () => {
  let root: string;
  let names: string[];
  let violations: { rule: string; from: string; to: string }[];

  before(async () => {
    const { cruise } = await import("dependency-cruiser");
    const { default: extract } =
      await import("dependency-cruiser/config-utl/extract-depcruise-config");
    const { forbidden = [], options } = await extract(
      join(repositoryRoot, ".dependency-cruiser.mjs"),
    );
    names = forbidden.map(({ name = "" }) => name);
    root = temporaryFolder();
    const files = treeOf([...Object.values(refused).flat(), wayBack, ...allowed]);
    writeFiles(root, files);
    const { output } = await cruise(Object.keys(files), {
      ...options,
      baseDir: root,
      validate: true,
      ruleSet: { forbidden },
    });
    assert.ok(typeof output !== "string");
    violations = output.summary.violations.map(({ rule: { name }, from, to }) => {
      return { rule: name, from, to };
    });
  });

  after(() => removeFolder(root));

  const broken = ([from, to]: Case): string[] =>
    violations.filter((one) => one.from === from && one.to === to).map(({ rule }) => rule);

  for (const [rule, cases] of Object.entries(refused)) {
    for (const one of cases) {
      it(`refuse by ${rule} that ${title(one)}`, () => assert.deepEqual(broken(one), [rule]));
    }
  }

  for (const one of allowed) {
    it(`allow that ${title(one)}`, () => assert.deepEqual(broken(one), []));
  }

  it("are each broken by a case here", () => {
    assert.deepEqual(new Set(names), new Set(Object.keys(refused)));
  });
});

function title([from, to, form]: Case): string {
  return `${from} imports ${form === undefined ? "" : "types of "}${to}`;
}

/** The texts of all files that the cases name, by path. */
function treeOf(cases: readonly Case[]): Record<string, string> {
  const files: Record<string, string> = {};
  for (const [number, [from, to, form]] of cases.entries()) {
    const isFile = to.endsWith(".ts");
    if (isFile) files[to] ??= "";
    const way = isFile ? relative(dirname(from), to).replace(/\.ts$/, "") : to;
    const specifier = isFile && !way.startsWith(".") ? `./${way}` : way;
    const statements = {
      values: `import { name as name${number} } from "${specifier}";\n`,
      type: `import type { name as name${number} } from "${specifier}";\n`,
      "inline type": `export type Name${number} = import("${specifier}").name;\n`,
    };
    files[from] = (files[from] ?? "") + statements[form ?? "values"];
  }
  return files;
}
