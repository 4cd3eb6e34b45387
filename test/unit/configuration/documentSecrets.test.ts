import assert from "node:assert/strict";
import { exampleConfiguration } from "../../support/writtenExample";
import { loadConfiguration, type StackSettings } from "../../../configuration/load";
import { ConfigurationError } from "../../../findings/finding";

const variables = {
  clusterAccountPassword: "DECKHOUSE_VSPHERE_CLUSTER_ACCOUNT_PASSWORD",
  registryDockerCfg: "DECKHOUSE_VSPHERE_REGISTRY_DOCKER_CFG",
  bgpPassword: "DECKHOUSE_VSPHERE_BGP_PASSWORD",
  nsxtPassword: "DECKHOUSE_VSPHERE_NSXT_PASSWORD",
} as const;
type Name = keyof typeof variables;

const keyOf = (name: Name): string => `deckhouse-vsphere:${name}`;
const base64 = (value: string): string => Buffer.from(value).toString("base64");
const credentials = base64('{"auths":{"registry.example.com":{"auth":"aHVudGVyMjpodW50ZXIy"}}}');
const secrets: Readonly<Record<Name, string>> = {
  clusterAccountPassword: "hunter2-of-the-cluster",
  registryDockerCfg: credentials,
  bgpPassword: "hunter2-of-the-routers",
  nsxtPassword: "hunter2-of-nsx",
};
const nsxt = { host: "n", user: "admin7", defaultIpPoolName: "p", tier1GatewayPath: "g" };

/** The example's settings, with these secrets in the configuration and those in the environment. */
function settings(
  stored: Partial<Record<Name, string>>,
  exported: Partial<Record<Name, string>> = {},
  clusterKeys: object = {},
): StackSettings {
  const keys = {
    ...exampleConfiguration,
    clusterConfiguration: { ...exampleConfiguration.clusterConfiguration, ...clusterKeys },
  };
  const named = Object.entries(stored).map(([name, value]) => [keyOf(name as Name), value]);
  return {
    values: {
      "vsphere:vsphereServer": "vcenter.example.com",
      "vsphere:user": "administrator@vsphere.local",
      "vsphere:password": "hunter2-of-the-vcenter",
      ...Object.fromEntries(
        Object.entries(keys).map(([key, value]) => [
          `deckhouse-vsphere:${key}`,
          JSON.stringify(value),
        ]),
      ),
      ...(Object.fromEntries(named) as Record<string, string>),
    },
    encryptedKeys: new Set(["vsphere:password", ...named.map(([key]) => key!)]),
    environment: Object.fromEntries(
      Object.entries(exported).map(([name, value]) => [variables[name as Name], value]),
    ),
  };
}

/** The lines of the faults, none of which shows a secret. */
function faults(wrong: StackSettings, shown = Object.values(secrets)): string[] {
  try {
    loadConfiguration(wrong);
  } catch (error) {
    assert.ok(error instanceof ConfigurationError);
    const text = [error.message, error.stack, JSON.stringify(error)].join("\n");
    assert.ok(!shown.some((secret) => text.includes(secret)), text);
    return error.message.split("\n").slice(1);
  }
  assert.fail("nothing failed");
}

describe("the secrets of the documents", () => {
  it("come from the configuration", () => {
    assert.deepEqual(loadConfiguration(settings(secrets)).documentSecrets, secrets);
  });

  it("come from the environment, and the configuration counts more", () => {
    assert.deepEqual(loadConfiguration(settings({}, secrets)).documentSecrets, secrets);
    const { clusterAccountPassword } = secrets;
    const both = settings({ clusterAccountPassword, bgpPassword: "stored" }, secrets);
    assert.deepEqual(loadConfiguration(both).documentSecrets, {
      ...secrets,
      bgpPassword: "stored",
    });
  });

  it("are none where they are empty", () => {
    const { clusterAccountPassword } = secrets;
    const empty = settings({ clusterAccountPassword, bgpPassword: "", registryDockerCfg: "" });
    const { bgpPassword, registryDockerCfg } = loadConfiguration(empty).documentSecrets;
    assert.deepEqual([bgpPassword, registryDockerCfg], [undefined, undefined]);
  });

  for (const name of Object.keys(secrets) as Name[]) {
    it(`must be encrypted: ${name}`, () => {
      const right = settings(secrets);
      const encryptedKeys = new Set([...right.encryptedKeys].filter((key) => key !== keyOf(name)));
      assert.deepEqual(faults({ ...right, encryptedKeys }), [
        `${keyOf(name)}: found <hidden>: it is not encrypted, so it would stand in the state in the clear: run ` +
          `\`pulumi config set --secret ${keyOf(name)}\`, and change the password if the file was shared`,
      ]);
    });
  }

  it("must have the password of NSX-T where it is used", () => {
    const { nsxtPassword, ...others } = secrets;
    const key = keyOf("nsxtPassword");
    assert.deepEqual(faults(settings(others, {}, { nsxt })), [
      `${key}: found nothing: the cluster configuration needs the password of admin7 in NSX-T: run \`pulumi config set ` +
        `--secret ${key}\`, or export ${variables.nsxtPassword}`,
    ]);
    loadConfiguration(settings(others, { nsxtPassword }, { nsxt }));
    loadConfiguration(settings(others));
  });

  it("need none of the registry or the routers", () => {
    const { clusterAccountPassword } = secrets;
    loadConfiguration(settings({ clusterAccountPassword }));
  });
});

describe("the credentials of the registry", () => {
  const { clusterAccountPassword } = secrets;
  const line =
    `${keyOf("registryDockerCfg")}: found <hidden>: it is not the base64 text of a JSON object with auths, and no image ` +
    'could be fetched: encode {"auths": {"registry.example.com": {"username": ..., "password": ...}}} with base64 -w0';
  const wrong: Readonly<Record<string, string>> = {
    "plain JSON": '{"auths":{"geheim.example.com":{}}}',
    "base64 of other text": base64("geheim-geheim"),
    "base64 of JSON without auths": base64('{"geheim":{}}'),
    "base64 of a list": base64('["geheim","auths"]'),
    "base64 of null": base64("null"),
    "base64 on several lines": `${credentials.slice(0, 40)}\n${credentials.slice(40)}`,
  };
  for (const [title, registryDockerCfg] of Object.entries(wrong)) {
    it(`are not ${title}, from the configuration or the environment, and are not shown`, () => {
      const shown = [registryDockerCfg, "geheim"];
      assert.deepEqual(faults(settings({ clusterAccountPassword, registryDockerCfg }), shown), [
        line,
      ]);
      assert.deepEqual(faults(settings({ clusterAccountPassword }, { registryDockerCfg }), shown), [
        line,
      ]);
    });
  }
});
