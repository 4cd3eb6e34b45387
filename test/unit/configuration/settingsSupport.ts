import assert from "node:assert/strict";
import { loadConfiguration, type StackSettings } from "../../../configuration/load";
import { settings, type SettingName } from "../../../configuration/settings";
import { ConfigurationError } from "../../../findings/finding";
import { installed, stackOf } from "./clusterSupport";
import { stackWith } from "./support";
import { withoutPointers } from "../../support/pointers";

/** The base64 text of a text. */
export const base64 = (value: string): string => Buffer.from(value).toString("base64");
/** Credentials of a registry, as Deckhouse takes them. */
export const credentials = (password: string): string =>
  base64(`{"auths":{"r":{"auth":"${password}"}}}`);

/** A bcrypt hash, or what looks like one. */
export const bcrypt = (content: string, cost = 10): string =>
  `$2y$${cost.toString().padStart(2, "0")}$${content.padEnd(53, "x")}`;

/** Every secret, as the configuration has it. */
export const stored = {
  password: "hunter2-of-the-vcenter",
  clusterAccountPassword: "hunter2-of-the-cluster",
  templateImagePassword: "hunter2-of-the-builder",
  registryDockerCfg: credentials("hunter2"),
  bgpPassword: "hunter2-of-the-routers",
  nsxtPassword: "hunter2-of-nsx",
  proxyPassword: "hunter2-of-the-proxy",
  firstUserPasswordHash: bcrypt("hunter2"),
} satisfies Partial<Record<SettingName, string>>;
/** The name of a secret. */
export type SecretName = keyof typeof stored;

/** A stack that uses every secret. */
export const everything = stackOf(
  {
    ...installed,
    nsxt: { host: "n", user: "admin7", defaultIpPoolName: "p", tier1GatewayPath: "g" },
    proxy: { httpProxy: "http://proxy.example.com", username: "squid7" },
    publicDomainTemplate: "%s.k8s.example.com",
    firstUser: { email: "admin7@example.com" },
  },
  {
    templateImage: {
      builtin: {},
      account: { username: "packer@vsphere.local" },
      places: { "k8s-region-x2": { network: "n" } },
    },
  },
);
/** A stack that uses the connection's password alone. */
export const nothing = stackWith({ "regions[0].clusterConfiguration": undefined });
/** A stack that has a template built with the connection's account. */
export const building = stackWith({
  "regions[0].clusterConfiguration": undefined,
  "templateImage.builtin": {},
  'templateImage.places["k8s-region-x1"].network': "n",
  'templateImage.places["k8s-region-x2"].network': "n",
});

/** The settings of a stack as the engine hands them over, lists and objects as JSON text, every secret encrypted. */
export function settingsOf(
  configuration: unknown,
  secrets: Partial<Record<SecretName, string | undefined>> = {},
  others: Readonly<Record<string, string | undefined>> = {},
): StackSettings {
  const own = Object.entries(configuration as object).map(([key, value]) => [
    `deckhouse-vsphere:${key}`,
    JSON.stringify(value),
  ]);
  const values = {
    "vsphere:vsphereServer": "vcenter.example.com",
    "vsphere:user": "administrator@vsphere.local",
    ...(Object.fromEntries(own) as object),
    ...Object.fromEntries(
      Object.entries({ password: stored.password, ...secrets }).map(([name, value]) => [
        settings[name as SecretName].key,
        value,
      ]),
    ),
    ...others,
  };
  return {
    // Without the keys that are undefined.
    values: JSON.parse(JSON.stringify(values)) as Record<string, string>,
    encryptedKeys: new Set(Object.keys(stored).map((name) => settings[name as SecretName].key)),
    environment: {},
  };
}

/** The same settings with secrets in the environment. */
export function exporting(
  stack: StackSettings,
  secrets: Partial<Record<SecretName, string>>,
): StackSettings {
  const entries = Object.entries(secrets);
  const environment = Object.fromEntries(
    entries.map(([name, value]) => [settings[name as SecretName].variable, value]),
  );
  return { ...stack, environment };
}

/** The lines of the faults, which show no secret. */
export function faults(
  stack: StackSettings,
  shown: readonly string[] = Object.values(stored),
): string[] {
  try {
    loadConfiguration(stack);
  } catch (error) {
    assert.ok(error instanceof ConfigurationError);
    const text = [error.message, error.stack, JSON.stringify(error)].join("\n");
    assert.ok(!shown.some((secret) => text.includes(secret)), text);
    return withoutPointers(error.message).split("\n").slice(1);
  }
  assert.fail("nothing failed");
}

/** Like {@link faults}, for settings that may have none. */
export function faultsIfAny(stack: StackSettings): string[] {
  try {
    loadConfiguration(stack);
    return [];
  } catch {
    return faults(stack);
  }
}

/** Where the faults of the lines are. */
export const paths = (lines: readonly string[]): (string | undefined)[] =>
  lines.map((line) => line.split(": found ")[0]);
