import assert from "node:assert/strict";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../scripts/lab/folders";
import { exampleConfiguration } from "../../scripts/examples/exampleConfiguration";
import { engineLogs } from "../support/labPrograms";
import type { Simulator } from "../../scripts/lab/simulator";
import { clusterAccountPassword, type TestStack } from "../../scripts/lab/stack";
import { stackForAllTests } from "../support/stackForTests";

const registryPassword = "registry-9a1c44";
const registryDockerCfg = Buffer.from(
  JSON.stringify({
    auths: { "registry.example.com": { username: "robot", password: registryPassword } },
  }),
).toString("base64");

/** Each by the setting that it comes from; of the registry's credentials the documents hold the parts. */
const settings = {
  clusterAccountPassword,
  bgpPassword: "bgp-password-4d7e21",
  nsxtPassword: "nsxt-password-b03f96",
  proxyPassword: "proxy-password-e18b70",
  firstUserPasswordHash: "$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
  registryDockerCfg,
};
const documentSecrets = [
  ...Object.values(settings).filter((value) => value !== registryDockerCfg),
  registryPassword,
];

/** The example with everything that makes documents hold a secret. */
function configurationWithSecrets(): Record<string, unknown> {
  const configuration = exampleConfiguration();
  for (const [index, { clusterConfiguration }] of configuration.regions.entries()) {
    Object.assign(clusterConfiguration ?? {}, {
      networks: [
        { path: "k8s-nodes", nodeAddress: "internal", subnet: `10.20.${index}.0/24` },
        { path: "k8s-public" },
      ],
      nodeGroups: [
        {
          name: "frontend",
          replicas: 2,
          nodeTemplate: { labels: { "node-role.deckhouse.io/frontend": "" } },
          instanceClass: {
            ...{ numCPUs: 2, memory: 4096, template: "Templates/debian-12-of-others" },
            ...{ mainNetwork: "k8s-nodes", additionalNetworks: ["k8s-public"] },
            datastore: `x${index + 1}_root`,
          },
        },
      ],
      ingress: {
        metallbBGP: {
          ...{ network: "k8s-public", routers: ["192.0.2.1"], routerASN: 64512, clusterASN: 64513 },
          addresses: [`203.0.113.${32 * index}/27`],
        },
      },
      publicDomainTemplate: "%s.k8s.example.com",
      firstUser: { email: "admin@example.com" },
      proxy: {
        ...{ httpProxy: "http://proxy.example.com:3128", username: "deckhouse" },
        noProxy: ["10.20.0.0/16"],
      },
      nsxt: {
        ...{ host: "nsx.example.com", user: "deckhouse", defaultIpPoolName: "pool" },
        tier1GatewayPath: "/infra/tier-1s/one",
      },
    });
  }
  return { ...configuration, deckhouse: { imagesRepo: "registry.example.com/deckhouse/ee" } };
}

/** Every file below a folder, with its content as text. */
function* files(folder: string): Generator<[string, string]> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const status = statSync(path, { throwIfNoEntry: false });
    if (status?.isDirectory() === true && name !== "node_modules" && name !== "launch") {
      yield* files(path);
    } else if (status?.isFile() === true && status.size < 64 * 1024 * 1024) {
      yield [path, readFileSync(path, "latin1")];
    }
  }
}

describe("no password stands anywhere in the clear:", () => {
  let simulator: Simulator;
  let stack: TestStack;
  let secrets: string[];
  const outputs: string[] = [];

  stackForAllTests((made) => ({ simulator, stack } = made), {
    configuration: configurationWithSecrets(),
    environment: {
      DECKHOUSE_VSPHERE_BGP_PASSWORD: settings.bgpPassword,
      DECKHOUSE_VSPHERE_NSXT_PASSWORD: settings.nsxtPassword,
      DECKHOUSE_VSPHERE_PROXY_PASSWORD: settings.proxyPassword,
      DECKHOUSE_VSPHERE_FIRST_USER_PASSWORD_HASH: settings.firstUserPasswordHash,
      DECKHOUSE_VSPHERE_REGISTRY_DOCKER_CFG: settings.registryDockerCfg,
    },
  });

  before(async () => {
    secrets = [simulator.connection.password, ...documentSecrets, registryDockerCfg];
    // Once from the environment and once from the stack's configuration, encrypted.
    outputs.push((await stack.up()).output);
    for (const level of [["--logflow", "--verbose=4"], ["--verbose=8"]]) {
      outputs.push((await stack.preview("--logtostderr", ...level)).output);
    }
    for (const [key, value] of [
      ["vsphere:password", simulator.connection.password],
      ...Object.entries(settings).map(([name, value]) => [`deckhouse-vsphere:${name}`, value]),
    ] as [string, string][]) {
      await stack.run("config", "set", "--secret", key, value);
    }
    for (const args of [
      ["up", "--yes", "--skip-preview", "--logtostderr", "--verbose=8"],
      ["preview", "--logtostderr", "--logflow", "--verbose=8"],
      ["refresh", "--yes", "--skip-preview", "--logtostderr", "--logflow", "--verbose=8"],
      ["preview", "--diff"],
      ["preview", "--json"],
      ["stack", "output"],
      ["stack", "export"],
    ]) {
      outputs.push((await stack.run(...args)).output);
    }
    await simulator.control.addFault({ match: "attach", kind: "status", status: 500 });
    await simulator.control.change({
      operation: "detachTag",
      category: "k8s-zone",
      tag: "k8s-zone-x1-a",
      path: "/X1/host/x1_cluster_prod",
    });
    outputs.push((await stack.tryUp()).output);
    await simulator.control.clearFaults();
  });

  function assertAbsent(text: string, where: string): void {
    for (const secret of secrets) {
      assert.ok(!text.includes(secret), `a password stands in ${where}`);
      const encoded = Buffer.from(secret).toString("base64");
      assert.ok(!text.includes(encoded), `a password stands in ${where} as base64`);
    }
  }

  it("not in what the commands print, in logs up to level 8 (at 9 the engine itself writes every property), those of plugins included, or in error texts", () => {
    assert.ok(outputs.length === 11 && outputs.every((output) => output.length > 100));
    outputs.forEach((output, index) => {
      assertAbsent(output, `output ${index}`);
    });
  });

  it("not in the state, its backups, its history and the stack's configuration file", () => {
    const found = [...files(stack.directory)];
    assert.ok(found.some(([path]) => path.includes("/state/.pulumi/stacks/")));
    for (const [path, content] of found) {
      assertAbsent(content, path);
    }
  });

  it("not in the engine's own folder and the compiled program", () => {
    for (const folder of [engineLogs(), join(repositoryRoot, ".compiled")]) {
      for (const [path, content] of files(folder)) {
        assertAbsent(content, path);
      }
    }
  });

  it("but the documents are whole for whom may read the stack's secrets", async () => {
    const documents = JSON.stringify((await stack.outputs())["documents"]);
    for (const secret of documentSecrets) assert.ok(documents.includes(secret), secret);
  });
});
