import assert from "node:assert/strict";

import { exampleConfiguration } from "../../support/writtenExample";
import { loadConfiguration, type StackSettings } from "../../../configuration/load";
import { allSettings, settings as table } from "../../../configuration/settings";
import { ConfigurationError } from "../../../findings/finding";
import { certificate } from "../../support/certificate";
import { installed, stackOf } from "./clusterSupport";

const passwords = ["hunter2-of-the-vcenter", "hunter2-of-the-cluster"] as const;
const accountPasswordKey = "deckhouse-vsphere:clusterAccountPassword";
const accountPasswordVariable = "DECKHOUSE_VSPHERE_CLUSTER_ACCOUNT_PASSWORD";

/** The example's settings, as the engine hands them over: lists and objects as JSON text. */
const settings: StackSettings = {
  values: {
    "vsphere:vsphereServer": "vcenter.example.com",
    "vsphere:user": "administrator@vsphere.local",
    "vsphere:password": passwords[0],
    [accountPasswordKey]: passwords[1],
    ...Object.fromEntries(
      Object.entries(exampleConfiguration).map(([key, value]) => [
        `deckhouse-vsphere:${key}`,
        JSON.stringify(value),
      ]),
    ),
  },
  encryptedKeys: new Set(["vsphere:password", accountPasswordKey]),
  environment: {},
};

function changed(
  values: Readonly<Record<string, string | undefined>>,
  others: Partial<Omit<StackSettings, "values">> = {},
): StackSettings {
  const all = { ...settings.values, ...values };
  const given = Object.entries(all).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return { ...settings, values: Object.fromEntries(given), ...others };
}

/** The lines of the faults, none of which shows a password. */
function faults(changedSettings: StackSettings): string[] {
  try {
    loadConfiguration(changedSettings);
  } catch (error) {
    assert.ok(error instanceof ConfigurationError);
    const shown = [error.message, error.stack, JSON.stringify(error)].join("\n");
    assert.ok(!passwords.some((password) => shown.includes(password)), shown);
    return error.message.split("\n").slice(1);
  }
  assert.fail("nothing failed");
}

const paths = (lines: readonly string[]): string[] =>
  lines.map((line) => line.split(": found ")[0] ?? "");

/** The example's regions without the cluster configurations. */
const withoutDocuments = {
  "deckhouse-vsphere:regions": JSON.stringify(
    exampleConfiguration.regions.map(({ clusterConfiguration: _left, ...region }) => region),
  ),
  "deckhouse-vsphere:clusterConfiguration": undefined,
};

/** A stack that uses every secret. */
const withAllSecrets = Object.fromEntries(
  Object.entries(
    stackOf(
      {
        ...installed,
        nsxt: { host: "n", user: "admin", defaultIpPoolName: "p", tier1GatewayPath: "g" },
      },
      {
        templateImage: {
          builtin: {},
          account: { username: "packer@vsphere.local" },
          places: { "k8s-region-x2": { network: "n" } },
        },
      },
    ) as object,
  ).map(([key, value]) => [`deckhouse-vsphere:${key}`, JSON.stringify(value)]),
);

describe("loading the settings of a stack", () => {
  it("gives the program configuration, connection and password", () => {
    const { configuration, connection, documentSecrets } = loadConfiguration(settings);
    assert.deepEqual(
      configuration.regions.map(({ name, datacenter }) => [name, datacenter]),
      [
        ["k8s-region-x1", "/X1"],
        ["k8s-region-x2", "/X2"],
      ],
    );
    assert.deepEqual(connection, {
      server: "vcenter.example.com",
      user: "administrator@vsphere.local",
      password: passwords[0],
      insecure: false,
      certificateAuthority: undefined,
    });
    assert.deepEqual(documentSecrets, {
      clusterAccountPassword: passwords[1],
      registryDockerCfg: undefined,
      bgpPassword: undefined,
      nsxtPassword: undefined,
    });
  });

  it("does not give the schema what is read apart, nor keys of other namespaces", () => {
    const { configuration, connection } = loadConfiguration(
      changed({ "deckhouse-vsphere:caBundle": certificate, "aws:region": "eu-west-1" }),
    );
    assert.equal(connection.certificateAuthority, certificate);
    assert.ok(!JSON.stringify(configuration).includes(passwords[1]));
  });

  it("refuses keys of its own namespace that nobody reads", () => {
    assert.deepEqual(paths(faults(changed({ "deckhouse-vsphere:regoins": "[]" }))), ["regoins"]);
  });

  it("takes text that is no JSON as text, and lets the schema judge it", () => {
    const lines = faults(changed({ "deckhouse-vsphere:regions": "[{oops" }));
    assert.equal(lines.length, 1);
    assert.match(lines[0] ?? "", /^regions: found "\[\{oops": /);
  });

  for (const key of ["vsphere:password", accountPasswordKey]) {
    it(`refuses ${key} when it is not encrypted`, () => {
      const encryptedKeys = new Set([...settings.encryptedKeys].filter((other) => other !== key));
      assert.deepEqual(faults(changed({}, { encryptedKeys })), [
        `${key}: found <hidden>: it is not encrypted, so it would stand in the state in the clear: ` +
          `run \`pulumi config set --secret ${key}\`, and change the password if the file was shared`,
      ]);
    });
  }

  it("takes both passwords from the environment, where nothing is stored", () => {
    const { connection, documentSecrets } = loadConfiguration(
      changed(
        { "vsphere:password": undefined, [accountPasswordKey]: undefined },
        {
          encryptedKeys: new Set(),
          environment: { VSPHERE_PASSWORD: "one", [accountPasswordVariable]: "two" },
        },
      ),
    );
    assert.deepEqual([connection.password, documentSecrets.clusterAccountPassword], ["one", "two"]);
  });

  it("prefers the configuration to the environment", () => {
    const environment = { VSPHERE_PASSWORD: "one", [accountPasswordVariable]: "two" };
    const { connection, documentSecrets } = loadConfiguration(changed({}, { environment }));
    assert.deepEqual([connection.password, documentSecrets.clusterAccountPassword], [...passwords]);
  });

  it("asks for the cluster account's password when a document is made, and says whose it is", () => {
    assert.deepEqual(faults(changed({ [accountPasswordKey]: undefined })), [
      `${accountPasswordKey}: found nothing: the cluster configuration needs the password of deckhouse@vsphere.local: ` +
        `run \`pulumi config set --secret ${accountPasswordKey}\`, or export ${accountPasswordVariable}`,
    ]);
  });

  it("does not ask for it when no document is made", () => {
    const loaded = loadConfiguration(
      changed({ ...withoutDocuments, [accountPasswordKey]: undefined }),
    );
    assert.equal(loaded.documentSecrets.clusterAccountPassword, undefined);
  });

  it("tells the faults of configuration, connection and secrets in one message, and how many", () => {
    const wrong = changed(
      { "vsphere:user": undefined, "deckhouse-vsphere:protect": "maybe" },
      { encryptedKeys: new Set([accountPasswordKey]) },
    );
    assert.deepEqual(paths(faults(wrong)), ["protect", "vsphere:password", "vsphere:user"]);
    assert.throws(() => loadConfiguration(wrong), {
      name: "ConfigurationError",
      message: /^The stack configuration has 3 faults; nothing was done in vCenter:\n/,
      // What the Pulumi SDK looks for before it prints a message without a stack trace.
      __pulumiRunError: true,
    });
  });

  it("lets through what is not a fault of the user", () => {
    const broken = { ...settings, environment: null } as unknown as StackSettings;
    assert.throws(() => loadConfiguration(broken), TypeError);
  });

  const edges = {
    " blank": "begins",
    "blank ": "ends",
    "line break\n": "ends",
    "line break of Windows\r\n": "ends",
    "\u00a0both\t": "begins and ends",
  };
  const secrets = [
    table.password,
    table.clusterAccountPassword,
    table.templateImagePassword,
    table.bgpPassword,
    table.nsxtPassword,
  ];
  for (const { key, variable } of secrets) {
    it(`refuses a blank or a line break at an end of ${key}, and never shows the value`, () => {
      for (const [secret, where] of Object.entries(edges)) {
        const wrong =
          `found <hidden>: it ${where} with a blank or a line break, which is cut off in one place and not ` +
          "in another: ";
        const encryptedKeys = new Set(["vsphere:password", ...secrets.map((one) => one.key)]);
        const right = {
          ...{ ...withAllSecrets, "deckhouse-vsphere:clusterConfiguration": undefined },
          ...Object.fromEntries(secrets.slice(1).map((one) => [one.key, passwords[1]])),
        };
        const [ofKey = "", ...others] = faults(
          changed({ ...right, [key]: secret }, { encryptedKeys }),
        );
        assert.deepEqual(others, []);
        assert.ok(ofKey.startsWith(`${key}: ${wrong}`), ofKey);
        assert.ok(!ofKey.includes(secret.trim() + '"'), ofKey);
        const environment = { [variable]: secret };
        const [ofVariable = ""] = faults(
          changed({ ...right, [key]: undefined }, { encryptedKeys, environment }),
        );
        assert.ok(ofVariable.startsWith(`${variable}: ${wrong}`), ofVariable);
      }
    });
  }

  it("takes no notice of the ends of secrets that go nowhere", () => {
    const environment = Object.fromEntries(
      allSettings
        .filter(({ secret, key }) => secret && key !== "vsphere:password")
        .map(({ variable = "" }) => [variable, "left over\n"]),
    );
    const { variable } = table.registryDockerCfg;
    loadConfiguration(
      changed(withoutDocuments, { environment: { ...environment, [variable]: "" } }),
    );
  });

  it("refuses registry credentials that end in a line break, as base64 without -w0 leaves them", () => {
    const key = table.registryDockerCfg.key;
    const value = `${Buffer.from('{"auths": {}}').toString("base64")}\n`;
    const encryptedKeys = new Set([...settings.encryptedKeys, key]);
    const lines = faults(changed({ [key]: value }, { encryptedKeys }));
    assert.deepEqual(paths(lines), [key]);
    assert.ok(lines[0]?.includes("it ends with a blank or a line break"), String(lines));
    assert.ok(!lines.join().includes(value.trim()));
  });

  it("never shows registry credentials that an environment variable has", () => {
    const environment = { [table.registryDockerCfg.variable]: "hunter2-of-the-registry" };
    const message = faults(changed({}, { environment })).join();
    assert.ok(!message.includes("hunter2-of-the-registry"), message);
  });
});
