import assert from "node:assert/strict";

import { connectionFrom } from "../../../configuration/connection";
import { settings } from "../../../configuration/settings";
import { ConfigurationError } from "../../../findings/finding";
import type { VCenterConnection } from "../../../vcenter";
import { certificate } from "../../support/certificate";

const password = "hunter2-of-the-vcenter";
const complete = {
  "vsphere:vsphereServer": "vcenter.example.com",
  "vsphere:user": "administrator@vsphere.local",
  "vsphere:password": password,
};

const caBundleKey = settings.caBundle.key;

const wholeFile =
  "give the whole text of the certificate authority's PEM file, with its line breaks, not its path: " +
  `\`pulumi config set ${caBundleKey} -- "$(cat ca.pem)"\``;

type Values = Readonly<Record<string, string>>;

function connection(values: Values, environment: Values = {}): VCenterConnection {
  return connectionFrom({ lookup: (key) => values[key], environment });
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
    certificateAuthority: undefined,
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
      certificateAuthority: undefined,
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
        `be verified: ${wholeFile}`,
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

  const lines = certificate.trimEnd().split("\n");
  const damaged: Record<string, readonly [string, string]> = {
    "a caBundle without its last line": [
      lines.slice(0, -1).join("\n"),
      "certificate 1 in it lacks its end, the line END CERTIFICATE",
    ],
    "a caBundle whose second certificate has no last line": [
      `${certificate}${lines.slice(0, -1).join("\n")}`,
      "certificate 2 in it lacks its end, the line END CERTIFICATE",
    ],
    "a caBundle that lost the last line of its first certificate": [
      `${lines.slice(0, -1).join("\n")}\n${certificate}`,
      "certificate 1 in it lacks its end, the line END CERTIFICATE",
    ],
    "a caBundle on one line": [lines.join(" "), "certificate 1 in it has lost its line breaks"],
    "a caBundle with rubbish inside": [
      certificate.replace(lines[2] ?? "", "%%% rubbish %%%"),
      "certificate 1 in it has characters that are not base64",
    ],
    "a caBundle that lost a line": [
      lines.filter((_, index) => index !== 2).join("\n"),
      "certificate 1 in it cannot be read",
    ],
    "a caBundle whose certificate begins in the middle of a line": [
      `The authority: ${certificate}`,
      "certificate 1 in it does not begin at the start of a line",
    ],
    "a caBundle whose second certificate begins where the first one ends": [
      `${certificate.trimEnd()}${certificate}`,
      "certificate 2 in it does not begin at the start of a line",
    ],
    "a caBundle with a mark of the byte order": [
      `\uFEFF${certificate}`,
      "certificate 1 in it does not begin at the start of a line",
    ],
    "a caBundle that lost its first line": [
      lines.slice(1).join("\n"),
      "it has a line END CERTIFICATE without the line BEGIN CERTIFICATE",
    ],
  };
  for (const [what, [text, wrong]] of Object.entries(damaged)) {
    it(`refuses ${what}, as one sentence`, () => {
      const [line = "", ...others] = faults({ ...complete, [caBundleKey]: text });
      assert.deepEqual(others, []);
      const consequence = "so vCenter's certificate could not be verified";
      assert.ok(line.endsWith(`: ${wrong}, ${consequence}: ${wholeFile}`), line);
    });
  }

  it("takes certificates with the line ends of Windows, and with text between them", () => {
    const text = `# The first\r\n${certificate.replaceAll("\n", "\r\n")}\r\n# The second\n${certificate}`;
    assert.equal(connection({ ...complete, [caBundleKey]: text }).certificateAuthority, text);
  });

  const alone =
    "it is not the name or address of a host, with a port at most, and nobody could connect to it";
  const urls: Record<string, readonly [shown: string, remedy: string]> = {
    "https://vcenter.example.com/": ["https://vcenter.example.com/", "write vcenter.example.com"],
    "https://vcenter.example.com:8443/ui/#/x": [
      "https://vcenter.example.com:8443/ui/#/x",
      "write vcenter.example.com:8443",
    ],
    "vcenter.example.com/ui": ["vcenter.example.com/ui", "write vcenter.example.com"],
    "https:vcenter.example.com": ["https:vcenter.example.com", "write vcenter.example.com"],
    "https://[fd00::1]/ui": ["https://[fd00::1]/ui", "write [fd00::1]"],
    "vcenter.example.com\n": ["vcenter.example.com\\n", "write vcenter.example.com"],
    "user@vcenter.example.com": [
      "<hidden>@vcenter.example.com",
      "write vcenter.example.com, and the user in the key for the user",
    ],
    [`https://user:${password}/@1@vcenter.example.com/`]: [
      "https://<hidden>@vcenter.example.com/",
      "write vcenter.example.com, and the user in the key for the user",
    ],
    "https://": [
      "https://",
      "write the name or address of the host alone, for example vcenter.example.com",
    ],
  };
  for (const [url, [shown, remedy]] of Object.entries(urls)) {
    it(`refuses a URL as server, with the host in it: ${shown}`, () => {
      assert.deepEqual(faults({ ...complete, "vsphere:vsphereServer": url }), [
        `vsphere:vsphereServer: found "${shown}": ${alone}: ${remedy}`,
      ]);
    });
  }

  it("says which variable of the environment has the URL", () => {
    const [line = ""] = faults({}, { ...environment, VSPHERE_SERVER: "https://other.example.com" });
    assert.ok(line.startsWith('VSPHERE_SERVER: found "https://other.example.com": '), line);
  });

  it("refuses an IPv6 address without brackets, with which nobody could build an address", () => {
    for (const [server, remedy] of [
      ["fd00::1", "write [fd00::1]"],
      ["::ffff:192.0.2.1", "write [::ffff:192.0.2.1]"],
    ] as const) {
      assert.deepEqual(faults({ ...complete, "vsphere:vsphereServer": server }), [
        `vsphere:vsphereServer: found "${server}": everybody who gets it puts https:// before it, where an IPv6 address ` +
          `is in brackets: ${remedy}`,
      ]);
    }
    const [line = ""] = faults({ ...complete, "vsphere:vsphereServer": "https:/fd00::1/ui" });
    assert.ok(line.endsWith(": write [fd00::1]"), line);
  });

  it("takes every spelling of a host", () => {
    for (const server of [
      ...["vcenter.example.com", "vcenter.example.com.", "vcenter", "VC_1.example.com:8443"],
      ...["10.0.0.1", "10.0.0.1:443", "[fd00::1]", "[fd00::1]:443", "центр.example"],
    ]) {
      assert.equal(connection({ ...complete, "vsphere:vsphereServer": server }).server, server);
    }
  });
});
