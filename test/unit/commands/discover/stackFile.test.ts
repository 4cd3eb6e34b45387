import assert from "node:assert/strict";
import { parse } from "yaml";
import { plannedStack } from "../../../../commands/discover/plan";
import { stackFileText } from "../../../../commands/discover/stackFile";
import { ownKeys, readConfiguration } from "../../../../configuration/load";
import { configurationSchema } from "../../../../configuration/schema";
import { schemaKeys } from "../../../../configuration/schema/walk";
import { allSettings } from "../../../../configuration/settings";
import { seedPrivileges } from "../../../support/govcExample";
import { discoveredVCenter, type VCenterWords } from "../../../support/discoveredVCenter";

const origin = {
  server: "vcenter.example.com",
  user: "administrator@vsphere.local",
  product: "VMware vCenter Server 8.0.3 build-1",
  jsonSchema: "configuration/jsonSchema/stack-configuration.json",
};

function written(words: VCenterWords): string {
  return stackFileText(plannedStack(discoveredVCenter(words)), origin);
}

/** The values, as the program reads them. */
function valuesOf(text: string): Record<string, unknown> {
  return (parse(text) as { config: Record<string, unknown> }).config;
}

/** The configuration in a text, which throws where it is not complete. */
function read(text: string): ReturnType<typeof readConfiguration> {
  const values = Object.entries(valuesOf(text)).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return readConfiguration(ownKeys(Object.fromEntries(values) as Record<string, string>));
}

const bare: VCenterWords = {
  datacenters: [
    {
      path: "/X1",
      clusters: { prod: 2, stage: 1 },
      datastores: { lun_1: ["prod"], lun_2: ["stage"], half: ["prod/1"], root: ["prod", "stage"] },
      networks: { "k8s-a": ["prod", "stage"], "k8s-b": ["prod", "stage"] },
    },
  ],
};

const prepared: VCenterWords = {
  datacenters: [
    {
      path: "/Europe/X1",
      clusters: { prod: 2 },
      datastores: { lun_1: ["prod"], root: ["prod"] },
      networks: { nodes: ["prod"] },
      templates: { "Templates/ubuntu": [] },
    },
  ],
  tags: {
    "k8s-region": { x1: ["/Europe/X1", "/Europe/X1/datastore/lun_1"] },
    "k8s-zone": { "x1-a": ["/Europe/X1/host/prod", "/Europe/X1/datastore/lun_1"] },
  },
  roles: { kubernetes: seedPrivileges() },
  permissions: [
    {
      ...{ path: "/Europe/X1", type: "Datacenter", principal: "VSPHERE.LOCAL\\deckhouse" },
      ...{ group: false, propagate: true, role: "kubernetes" },
    },
  ],
};

const connection = {
  "vsphere:vsphereServer": "vcenter.example.com",
  "vsphere:user": "administrator@vsphere.local",
};

describe("the file of npm run discover", () => {
  it("has as values what was decided for a prepared vCenter", () => {
    assert.deepEqual(valuesOf(written(prepared)), {
      ...connection,
      "deckhouse-vsphere:categories": { region: { existing: true }, zone: { existing: true } },
      "deckhouse-vsphere:regions": [
        {
          ...{ name: "x1", existing: true, datacenter: "/Europe/X1" },
          zones: [{ name: "x1-a", existing: true, cluster: "prod", datastores: ["lun_1"] }],
        },
      ],
      "deckhouse-vsphere:role": {
        ...{ name: "kubernetes", existing: true, preset: "seed" },
        principals: ["deckhouse@vsphere.local"],
      },
      "deckhouse-vsphere:templateImage": { existing: { template: "Templates/ubuntu" } },
    });
  });

  it("has what was decided for a bare one, and why and what is open above it", () => {
    const text = written(bare);
    assert.deepEqual(valuesOf(text), {
      ...connection,
      "deckhouse-vsphere:regions": [
        {
          ...{ name: "k8s-region-x1", datacenter: "X1" },
          zones: [
            { name: "k8s-zone-x1-a", cluster: "prod", datastores: ["lun_1"] },
            { name: "k8s-zone-x1-b", cluster: "stage", datastores: ["lun_2"] },
          ],
        },
      ],
    });
    const lines = text.split("\n");
    const above = (line: string): string | undefined => lines[lines.indexOf(line) - 1];
    assert.equal(
      above("          datastores:"),
      "          # datastores: not half: it is not mounted on prod-host-2",
    );
    assert.match(text, /^ +# choose: networks: the network of nodes, .*k8s-a, k8s-b$/m);
    assert.match(text, /^ {2}# choose: principals: the account that Deckhouse works with/m);
    assert.match(text, /^ {2}# choose: templateImage: the template of nodes/m);
  });

  for (const [what, words] of [
    ["a prepared", prepared],
    ["a bare", bare],
  ] as const) {
    it(`is a configuration that the program takes, for ${what} vCenter`, () => {
      const { configuration } = read(written(words));
      assert.equal(configuration.regions.length, 1);
    });

    it(`names every key that there is, for ${what} vCenter`, () => {
      const text = written(words);
      const keys = schemaKeys(configurationSchema)
        // Of a key that may be a text or an object, the text is the example.
        .map(({ path }) => path.slice(path.lastIndexOf(".") + 1))
        .filter((key) => !key.startsWith("<"));
      const missing = [...new Set(keys)].filter(
        (key) => !new RegExp(`^[# -]*(?:deckhouse-vsphere:)?${key}:`, "m").test(text),
      );
      assert.deepEqual(missing, []);
      for (const { key } of allSettings) assert.ok(text.includes(key), key);
    });
  }

  it("tells how a secret is set, and holds none", () => {
    const text = written(prepared);
    for (const { key } of allSettings.filter(({ secret }) => secret)) {
      assert.match(text, new RegExp(`# pulumi config set --secret ${key}$`, "m"));
      assert.ok(!(key in valuesOf(text)));
    }
  });

  it("cannot be broken out of by a name in vCenter", () => {
    const name = "x\nprotect: true\n# y: &z [";
    const text = written({
      datacenters: [
        {
          path: "/X1",
          clusters: { prod: 2 },
          datastores: { [name]: ["prod/1"], lun: ["prod"], root: ["prod"] },
        },
      ],
    });
    assert.deepEqual(Object.keys(valuesOf(text)), [
      ...Object.keys(connection),
      "deckhouse-vsphere:regions",
    ]);
  });
});
