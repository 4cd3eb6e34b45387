import assert from "node:assert/strict";
import { loadConfiguration, type StackSettings } from "../../../configuration/load";
import { settings } from "../../../configuration/settings";
import { certificate } from "../../support/certificate";
import {
  everything,
  faults,
  faultsIfAny,
  nothing,
  paths,
  settingsOf,
  stored,
} from "./settingsSupport";

describe("loading the settings of a stack", () => {
  it("gives the program configuration, connection and secrets, each apart from the others", () => {
    const loaded = loadConfiguration(
      settingsOf(everything, stored, {
        "deckhouse-vsphere:caBundle": certificate,
        "deckhouse-vsphere:deckhouse": '{"version": "1.78"}',
        "aws:region": "eu-west-1",
      }),
    );
    const { password, templateImagePassword, ...ofDocuments } = stored;
    assert.deepEqual(
      loaded.configuration.regions.map(({ name, datacenter }) => [name, datacenter]),
      [
        ["k8s-region-x1", "/X1"],
        ["k8s-region-x2", "/X2"],
      ],
    );
    assert.deepEqual(loaded.connection, {
      server: "vcenter.example.com",
      user: "administrator@vsphere.local",
      password,
      insecure: false,
      certificateAuthority: certificate,
    });
    assert.deepEqual(loaded.documentSecrets, ofDocuments);
    assert.deepEqual(loaded.buildingPassword, {
      value: templateImagePassword,
      variable: settings.templateImagePassword.variable,
    });
    const text = JSON.stringify(loaded.configuration);
    assert.ok(!Object.values(stored).some((secret) => text.includes(secret)));
  });

  it("refuses a private certificate authority that Deckhouse does not accept, and tells the two ways there are", () => {
    const withAuthority = (deckhouse: object, connection: object = {}): string[] =>
      faultsIfAny(
        settingsOf(everything, stored, {
          "deckhouse-vsphere:caBundle": certificate,
          "deckhouse-vsphere:deckhouse": JSON.stringify(deckhouse),
          ...connection,
        }),
      );
    for (const version of ["1.74", "1.77.3"]) {
      assert.deepEqual(withAuthority({ version }), [
        `deckhouse.insecureVCenter: found false: Deckhouse ${version} accepts no certificate authority for vCenter, and ` +
          "without yours it could not log in: set deckhouse.version to 1.78 or newer; or write true, and Deckhouse (this " +
          "program does not) logs in without verifying the certificate, so that whoever gets between the two can read the " +
          "account's password",
      ]);
      assert.deepEqual(withAuthority({ version, insecureVCenter: true }), []);
    }
    assert.deepEqual(withAuthority({ version: "1.78" }), []);
    const noDocuments = settingsOf(nothing, {}, { "deckhouse-vsphere:caBundle": certificate });
    assert.deepEqual(faultsIfAny(noDocuments), []);
  });

  it("refuses keys of its own namespace that nobody reads", () => {
    const wrong = settingsOf(nothing, {}, { "deckhouse-vsphere:regoins": "[]" });
    assert.deepEqual(paths(faults(wrong)), ["regoins"]);
  });

  it("takes text that is no JSON as text, and lets the schema judge it", () => {
    const wrong = settingsOf(nothing, {}, { "deckhouse-vsphere:regions": "[{oops" });
    const [line = "", ...others] = faults(wrong);
    assert.deepEqual(others, []);
    assert.match(line, /^regions: found "\[\{oops": /);
  });

  it("tells the faults of configuration, connection and secrets in one message, and how many", () => {
    const wrong = {
      ...settingsOf(
        nothing,
        {},
        { "vsphere:user": undefined, "deckhouse-vsphere:protect": "maybe" },
      ),
      encryptedKeys: new Set<string>(),
    };
    assert.deepEqual(paths(faults(wrong)), ["protect", "vsphere:password", "vsphere:user"]);
    assert.throws(() => loadConfiguration(wrong), {
      name: "ConfigurationError",
      message: /^The stack configuration has 3 faults; nothing was done in vCenter:\n/,
      // What the Pulumi SDK looks for before it prints a message without a stack trace.
      __pulumiRunError: true,
    });
  });

  it("lets through what is not a fault of the user", () => {
    const broken = { ...settingsOf(nothing), environment: null } as unknown as StackSettings;
    assert.throws(() => loadConfiguration(broken), TypeError);
  });
});
