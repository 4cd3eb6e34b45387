import assert from "node:assert/strict";

import { loadConfiguration, type StackSettings } from "../../../configuration/load";
import { ConfigurationError } from "../../../findings/finding";
import { stackWith } from "./support";

const key = "deckhouse-vsphere:templateImagePassword";
const variable = "DECKHOUSE_VSPHERE_TEMPLATE_IMAGE_PASSWORD";
const passwords = ["hunter2-of-the-vcenter", "hunter2-of-the-builder"] as const;
const account = { username: "packer@vsphere.local" };
const places = { "k8s-region-x2": { network: "k8s-nodes" } };

/** The settings of a stack that builds a template. */
function settings(
  templateImage: object,
  values: Readonly<Record<string, string | undefined>> = {},
  others: Partial<Omit<StackSettings, "values">> = {},
): StackSettings {
  const configuration = stackWith({
    templateImage,
    "regions[0].clusterConfiguration": undefined,
  }) as object;
  const all: Record<string, string | undefined> = {
    "vsphere:vsphereServer": "vcenter.example.com",
    "vsphere:user": "administrator@vsphere.local",
    "vsphere:password": passwords[0],
    ...Object.fromEntries(
      Object.entries(configuration).map(([name, value]) => [
        `deckhouse-vsphere:${name}`,
        JSON.stringify(value),
      ]),
    ),
    ...values,
  };
  return {
    values: Object.fromEntries(
      Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
    encryptedKeys: new Set(["vsphere:password", key]),
    environment: {},
    ...others,
  };
}

const builtin = {
  builtin: {},
  places: { ...places, "k8s-region-x1": { network: "k8s-nodes" } },
};

function faults(wrong: StackSettings): string[] {
  try {
    loadConfiguration(wrong);
  } catch (error) {
    assert.ok(error instanceof ConfigurationError);
    assert.ok(!passwords.some((password) => String(error.stack).includes(password)));
    return error.message.split("\n").slice(1);
  }
  assert.fail("nothing failed");
}

describe("the password of the account that builds", () => {
  it("is that of the connection when no other account builds", () => {
    assert.deepEqual(loadConfiguration(settings(builtin)).buildingPassword, {
      value: passwords[0],
      variable: "VSPHERE_PASSWORD",
    });
  });

  it("is left where it is when the environment has it", () => {
    const { buildingPassword } = loadConfiguration(
      settings(
        builtin,
        { "vsphere:password": undefined },
        { environment: { VSPHERE_PASSWORD: passwords[0] } },
      ),
    );
    assert.deepEqual(buildingPassword, { value: undefined, variable: "VSPHERE_PASSWORD" });
  });

  it("is the account's own when it has one", () => {
    const own = settings({ ...builtin, account }, { [key]: passwords[1] });
    assert.deepEqual(loadConfiguration(own).buildingPassword, {
      value: passwords[1],
      variable,
    });
  });

  it("is the account's own in the environment too", () => {
    const environment = { [variable]: passwords[1] };
    const own = settings({ ...builtin, account }, {}, { environment });
    assert.deepEqual(loadConfiguration(own).buildingPassword, { value: undefined, variable });
  });

  for (const value of [undefined, ""]) {
    it(`is asked for, and said whose it is, when it is ${value === "" ? "empty" : "missing"}`, () => {
      assert.deepEqual(faults(settings({ ...builtin, account }, { [key]: value })), [
        `${key}: found nothing: building the template needs the password of packer@vsphere.local: run ` +
          `\`pulumi config set --secret ${key}\`, or export ${variable}`,
      ]);
    });
  }

  it("is not asked for when nothing is built", () => {
    loadConfiguration(settings({ existing: { template: "Templates/theirs" } }));
  });

  it("is refused when it is not encrypted", () => {
    const wrong = settings(
      { ...builtin, account },
      { [key]: passwords[1] },
      { encryptedKeys: new Set(["vsphere:password"]) },
    );
    assert.deepEqual(faults(wrong), [
      `${key}: found <hidden>: it is not encrypted, so it would stand in the state in the clear: run ` +
        `\`pulumi config set --secret ${key}\`, and change the password if the file was shared`,
    ]);
  });

  const cut =
    "it has a control character or a carriage return in it, which cannot be sent to vCenter";
  const anew =
    "set it again without; if it came out of a file, the file has more in it than the password";

  for (const [title, character] of [
    ["a NUL", "\0"],
    ["an escape", "\u001B"],
    ["a carriage return", "\r"],
  ] as const) {
    it(`is refused with ${title} in it, wherever it comes from, and not shown`, () => {
      const value = `${passwords[1]}${character}x`;
      const wrong: readonly [StackSettings, string][] = [
        [settings({ ...builtin, account }, { [key]: value }), key],
        [settings({ ...builtin, account }, {}, { environment: { [variable]: value } }), variable],
        [settings(builtin, { "vsphere:password": value }), "vsphere:password"],
        [
          settings(
            builtin,
            { "vsphere:password": "" },
            { environment: { VSPHERE_PASSWORD: value } },
          ),
          "VSPHERE_PASSWORD",
        ],
      ];
      for (const [given, named] of wrong) {
        assert.deepEqual(faults(given), [`${named}: found <hidden>: ${cut}: ${anew}`]);
      }
    });
  }

  it("may have any other character in it", () => {
    for (const value of ["{{x}}", "two\nlines\tx", "e\u0301 \u{1F512} ${x} %{y} ' \" \\"]) {
      loadConfiguration(settings({ ...builtin, account }, { [key]: value }));
    }
  });

  it("is not given to the schema", () => {
    const own = settings({ ...builtin, account }, { [key]: passwords[1] });
    assert.ok(!JSON.stringify(loadConfiguration(own).configuration).includes(passwords[1]));
  });
});
