import assert from "node:assert/strict";
import { connectionFrom } from "../../../configuration/connection";
import { settings } from "../../../configuration/settings";
import { ConfigurationError } from "../../../findings/finding";
import type { VCenterConnection } from "../../../vcenter";
import { certificate } from "../../support/certificate";
import { withoutPointers } from "../../support/pointers";

const password = "hunter2-of-the-vcenter";
const complete = {
  "vsphere:vsphereServer": "vcenter.example.com",
  "vsphere:user": "administrator@vsphere.local",
  "vsphere:password": password,
};
const caBundle = settings.caBundle.key;
const insecure = "vsphere:allowUnverifiedSsl";
const environment = {
  VSPHERE_SERVER: "other.example.com",
  VSPHERE_USER: "other@vsphere.local",
  VSPHERE_PASSWORD: "other-password",
  VSPHERE_ALLOW_UNVERIFIED_SSL: "true",
};

type Values = Readonly<Record<string, string>>;

function connection(values: Values, variables: Values = {}): VCenterConnection {
  return connectionFrom({ lookup: (key) => values[key], environment: variables });
}

/** The lines of the faults that a value makes in a connection without any. */
function faultsWith(values: Values): string[] {
  return faults({ ...complete, ...values });
}

function faults(values: Values, variables: Values = {}): string[] {
  try {
    connection(values, variables);
  } catch (error) {
    assert.ok(error instanceof ConfigurationError);
    assert.ok(!error.message.includes(password) && !error.stack?.includes(password));
    return withoutPointers(error.message).split("\n").slice(1);
  }
  assert.fail("nothing failed");
}

describe("the connection to vCenter", () => {
  const ofConfiguration: VCenterConnection = {
    server: "vcenter.example.com",
    user: "administrator@vsphere.local",
    password,
    insecure: false,
    certificateAuthority: undefined,
  };
  const ofEnvironment: VCenterConnection = {
    server: "other.example.com",
    user: "other@vsphere.local",
    password: "other-password",
    insecure: true,
    certificateAuthority: undefined,
  };
  const connections: Readonly<Record<string, readonly [Values, Values, VCenterConnection]>> = {
    "what the configuration says, and nothing that it does not say": [
      complete,
      {},
      ofConfiguration,
    ],
    "what the environment says where the configuration says nothing": [
      { "vsphere:user": "" },
      environment,
      ofEnvironment,
    ],
    "what the configuration says where both say something, as the provider decides": [
      { ...complete, [insecure]: "false" },
      environment,
      ofConfiguration,
    ],
    "with the given certificates": [
      { ...complete, [caBundle]: certificate },
      {},
      { ...ofConfiguration, certificateAuthority: certificate },
    ],
    "without certificates where the text is empty": [
      { ...complete, [caBundle]: "" },
      {},
      ofConfiguration,
    ],
  };
  for (const [title, [values, variables, expected]] of Object.entries(connections)) {
    it(`is ${title}`, () => {
      assert.deepEqual(connection(values, variables), expected);
    });
  }

  it("names every missing value in a line of its own, all at once, with the way to give it", () => {
    const line = (key: string, secret: string, variable: string): string =>
      `${key}: found nothing: the program cannot reach vCenter without it: ` +
      `run \`pulumi config set ${secret}${key} ...\`, or export ${variable}`;
    const user = line("vsphere:user", "", "VSPHERE_USER");
    assert.deepEqual(faults({}), [
      line("vsphere:password", "--secret ", "VSPHERE_PASSWORD"),
      user,
      line("vsphere:vsphereServer", "", "VSPHERE_SERVER"),
    ]);
    assert.deepEqual(faultsWith({ "vsphere:user": "" }), [user]);
  });

  it("takes each spelling of a boolean that the provider takes, and no other", () => {
    const isInsecure = (text: string) => connection({ ...complete, [insecure]: text }).insecure;
    for (const text of ["1", "t", "T", "true", "TRUE", "True"]) assert.ok(isInsecure(text), text);
    for (const text of ["0", "f", "F", "false", "FALSE", "False", ""]) {
      assert.ok(!isInsecure(text), text);
    }
    for (const text of ["yes", "tRUE", "2", " true"]) {
      assert.deepEqual(faultsWith({ [insecure]: text }), [
        `${insecure}: found "${text}": it is neither true nor false, so the provider would refuse it: write true or false`,
      ]);
    }
  });

  it("refuses certificates that would have no effect", () => {
    const [line = "", ...others] = faultsWith({ [caBundle]: certificate, [insecure]: "true" });
    assert.deepEqual(others, []);
    assert.ok(line.startsWith(`${caBundle}: found "-----BEGIN CERTIFICATE-----`), line);
    assert.ok(
      line.endsWith(
        ": it has no effect while vsphere:allowUnverifiedSsl accepts any certificate: " +
          "remove one of the two; keep the certificates",
      ),
    );
  });

  it("tells missing and wrong values together", () => {
    const wrong = { "vsphere:password": password, [insecure]: "maybe", [caBundle]: "ca.pem" };
    assert.deepEqual(
      faults(wrong).map((line) => line.split(": found")[0]),
      [caBundle, caBundle, insecure, "vsphere:user", "vsphere:vsphereServer"],
    );
  });
});

describe("the certificates for the connection", () => {
  const lines = certificate.trimEnd().split("\n");
  const withoutEnd = lines.slice(0, -1).join("\n");
  const noStart = (number: number) =>
    `certificate ${number} in it does not begin at the start of a line`;
  const noEnd = (number: number) =>
    `certificate ${number} in it lacks its end, the line END CERTIFICATE`;
  const damaged: Readonly<Record<string, readonly [text: string, wrong: string]>> = {
    "a path": ["/etc/ssl/ca.pem", "it is not a certificate in PEM form"],
    "a certificate without its last line": [withoutEnd, noEnd(1)],
    "a second one without its last line": [`${certificate}${withoutEnd}`, noEnd(2)],
    "a first one without its last line": [`${withoutEnd}\n${certificate}`, noEnd(1)],
    "a certificate on one line": [lines.join(" "), "certificate 1 in it has lost its line breaks"],
    "rubbish inside": [
      certificate.replace(lines[2]!, "%%% rubbish %%%"),
      "certificate 1 in it has characters that are not base64",
    ],
    "a certificate that lost a line": [
      lines.filter((_, index) => index !== 2).join("\n"),
      "certificate 1 in it cannot be read",
    ],
    "one that begins in the middle of a line": [`The authority: ${certificate}`, noStart(1)],
    "a second one where the first one ends": [`${certificate.trimEnd()}${certificate}`, noStart(2)],
    "a mark of the byte order": [`\uFEFF${certificate}`, noStart(1)],
    "a certificate that lost its first line": [
      lines.slice(1).join("\n"),
      "it has a line END CERTIFICATE without the line BEGIN CERTIFICATE",
    ],
  };
  for (const [what, [text, wrong]] of Object.entries(damaged)) {
    it(`are not ${what}, which is told in one sentence`, () => {
      const [line = "", ...others] = faultsWith({ [caBundle]: text });
      assert.deepEqual(others, []);
      assert.ok(line.startsWith(`${caBundle}: found "`), line);
      assert.ok(
        line.endsWith(
          `: ${wrong}, so vCenter's certificate could not be verified: give the whole text of the certificate ` +
            "authority's PEM file, with its line breaks, not its path: " +
            `\`pulumi config set ${caBundle} -- "$(cat ca.pem)"\``,
        ),
        line,
      );
    });
  }

  it("are not a private key, which is never shown", () => {
    const key = "-----BEGIN PRIVATE KEY-----\nsecret bytes\n-----END PRIVATE KEY-----";
    const [line = ""] = faultsWith({ [caBundle]: key });
    assert.ok(line.startsWith(`${caBundle}: found <hidden>: `));
    assert.ok(!line.includes("secret bytes"));
  });

  it("may have the line ends of Windows, and text between them", () => {
    const text = `# The first\r\n${certificate.replaceAll("\n", "\r\n")}\r\n# The second\n${certificate}`;
    assert.equal(connection({ ...complete, [caBundle]: text }).certificateAuthority, text);
  });
});

describe("the server of the connection", () => {
  const server = "vsphere:vsphereServer";
  const andUser = "vcenter.example.com, and the user in the key for the user";
  const wrongServers: readonly (readonly [written: string, remedy: string, shown?: string])[] = [
    ["https://vcenter.example.com/", "vcenter.example.com"],
    ["https://vcenter.example.com:8443/ui/#/x", "vcenter.example.com:8443"],
    ["vcenter.example.com/ui", "vcenter.example.com"],
    ["https:vcenter.example.com", "vcenter.example.com"],
    ["https://[fd00::1]/ui", "[fd00::1]"],
    ["https:/fd00::1/ui", "[fd00::1]"],
    ["vcenter.example.com\n", "vcenter.example.com", "vcenter.example.com\\n"],
    ["user@vcenter.example.com", andUser, "<hidden>@vcenter.example.com"],
    [
      `https://user:${password}/@1@vcenter.example.com/`,
      andUser,
      "https://<hidden>@vcenter.example.com/",
    ],
    ["https://", "the name or address of the host alone, for example vcenter.example.com"],
  ];
  for (const [written, remedy, shown = written] of wrongServers) {
    it(`is not a URL, and the host in it is named: ${shown}`, () => {
      assert.deepEqual(faultsWith({ [server]: written }), [
        `${server}: found "${shown}": it is not the name or address of a host, with a port at most, and nobody could ` +
          `connect to it: write ${remedy}`,
      ]);
    });
  }

  it("is told by the variable of the environment that has it", () => {
    const [line = ""] = faults({}, { ...environment, VSPHERE_SERVER: "https://other.example.com" });
    assert.ok(line.startsWith('VSPHERE_SERVER: found "https://other.example.com": '), line);
  });

  it("is not an IPv6 address without brackets, with which nobody could build an address", () => {
    for (const written of ["fd00::1", "::ffff:192.0.2.1"]) {
      assert.deepEqual(faultsWith({ [server]: written }), [
        `${server}: found "${written}": everybody who gets it puts https:// before it, where an IPv6 address is in ` +
          `brackets: write [${written}]`,
      ]);
    }
  });

  it("may be every spelling of a host", () => {
    for (const written of [
      ...["vcenter.example.com", "vcenter.example.com.", "vcenter", "VC_1.example.com:8443"],
      ...["10.0.0.1", "10.0.0.1:443", "[fd00::1]", "[fd00::1]:443", "центр.example"],
    ]) {
      assert.equal(connection({ ...complete, [server]: written }).server, written);
    }
  });
});
