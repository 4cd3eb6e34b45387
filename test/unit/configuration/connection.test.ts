import assert from "node:assert/strict";

import { caBundleKey, connectionFrom } from "../../../configuration/connection";
import { ConfigurationError } from "../../../configuration/problems";
import type { VCenterConnection } from "../../../vcenter";

const password = "hunter2-of-the-vcenter";
const certificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
const complete = {
  "vsphere:vsphereServer": "vcenter.example.com",
  "vsphere:user": "administrator@vsphere.local",
  "vsphere:password": password,
};

type Values = Readonly<Record<string, string>>;

function connection(values: Values, environment: Values = {}): VCenterConnection {
  return connectionFrom((key) => values[key], environment);
}

/** The lines of the faults. */
function faults(values: Values, environment: Values = {}): string[] {
  try {
    connection(values, environment);
  } catch (error) {
    assert.ok(error instanceof ConfigurationError);
    assert.ok(!error.message.includes(password) && !error.stack?.includes(password));
    return error.message.split("\n").slice(1);
  }
  assert.fail("nothing failed");
}

describe("the connection to vCenter", () => {
  const expected: VCenterConnection = {
    server: "vcenter.example.com",
    user: "administrator@vsphere.local",
    password,
    insecure: false,
  };
  const environment = {
    VSPHERE_SERVER: "other.example.com",
    VSPHERE_USER: "other@vsphere.local",
    VSPHERE_PASSWORD: "other-password",
    VSPHERE_ALLOW_UNVERIFIED_SSL: "true",
  };

  it("is what the configuration says, and has nothing that it does not say", () => {
    assert.deepEqual(connection(complete), expected);
  });

  it("is what the environment says where the configuration says nothing", () => {
    assert.deepEqual(connection({}, environment), {
      server: "other.example.com",
      user: "other@vsphere.local",
      password: "other-password",
      insecure: true,
    });
    assert.deepEqual(
      connection({ ...complete, "vsphere:user": "" }, environment).user,
      "other@vsphere.local",
    );
  });

  it("is what the configuration says where both say something, as the provider decides", () => {
    const values = { ...complete, "vsphere:allowUnverifiedSsl": "false" };
    assert.deepEqual(connection(values, environment), expected);
  });

  it("trusts the given certificates", () => {
    assert.deepEqual(connection({ ...complete, [caBundleKey]: certificate }), {
      ...expected,
      certificateAuthority: certificate,
    });
    assert.deepEqual(connection({ ...complete, [caBundleKey]: "" }), expected);
  });

  it("names every missing value in a line of its own, all at once, with the way to give it", () => {
    const line = (key: string, secret: string, variable: string): string =>
      `${key}: found nothing: the program cannot reach vCenter without it: ` +
      `run \`pulumi config set ${secret}${key} ...\`, or export ${variable}`;
    assert.deepEqual(faults({}), [
      line("vsphere:password", "--secret ", "VSPHERE_PASSWORD"),
      line("vsphere:user", "", "VSPHERE_USER"),
      line("vsphere:vsphereServer", "", "VSPHERE_SERVER"),
    ]);
    assert.deepEqual(faults({ ...complete, "vsphere:user": "" }), [
      line("vsphere:user", "", "VSPHERE_USER"),
    ]);
  });

  it("takes each spelling of a boolean that the provider takes", () => {
    const insecure = (text: string): boolean =>
      connection({ ...complete, "vsphere:allowUnverifiedSsl": text }).insecure;
    for (const text of ["1", "t", "T", "true", "TRUE", "True"]) {
      assert.equal(insecure(text), true, text);
    }
    for (const text of ["0", "f", "F", "false", "FALSE", "False", ""]) {
      assert.equal(insecure(text), false, text);
    }
  });

  it("refuses what the provider would not take as a boolean", () => {
    for (const text of ["yes", "tRUE", "2", " true"]) {
      assert.deepEqual(faults({ ...complete, "vsphere:allowUnverifiedSsl": text }), [
        `vsphere:allowUnverifiedSsl: found "${text}": it is neither true nor false, so the provider would refuse it: ` +
          "write true or false",
      ]);
    }
  });

  it("refuses a path in the place of certificates", () => {
    assert.deepEqual(faults({ ...complete, [caBundleKey]: "/etc/ssl/ca.pem" }), [
      `${caBundleKey}: found "/etc/ssl/ca.pem": it is not a certificate in PEM form, so vCenter's certificate could not ` +
        "be verified: give the text of the certificate authority's PEM file, not its path",
    ]);
  });

  it("never shows a private key that was given for certificates", () => {
    const key = "-----BEGIN PRIVATE KEY-----\nsecret bytes\n-----END PRIVATE KEY-----";
    const [line = ""] = faults({ ...complete, [caBundleKey]: key });
    assert.ok(line.startsWith(`${caBundleKey}: found <hidden>: `));
  });

  it("refuses certificates that would have no effect", () => {
    const values = {
      ...complete,
      [caBundleKey]: certificate,
      "vsphere:allowUnverifiedSsl": "true",
    };
    const [line = "", ...others] = faults(values);
    assert.deepEqual(others, []);
    assert.match(line, /^deckhouse-vsphere:caBundle: found "-----BEGIN CERTIFICATE-----/);
    assert.ok(
      line.endsWith(
        ": it has no effect while vsphere:allowUnverifiedSsl accepts any certificate: " +
          "remove one of the two; keep the certificates",
      ),
    );
  });

  it("tells missing and wrong values together", () => {
    const values = {
      "vsphere:password": password,
      "vsphere:allowUnverifiedSsl": "maybe",
      [caBundleKey]: "ca.pem",
    };
    assert.deepEqual(
      faults(values).map((line) => line.split(": found")[0]),
      [
        caBundleKey,
        caBundleKey,
        "vsphere:allowUnverifiedSsl",
        "vsphere:user",
        "vsphere:vsphereServer",
      ],
    );
  });
});
