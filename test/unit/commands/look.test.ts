import assert from "node:assert/strict";
import { XMLParser } from "fast-xml-parser";
import { formats, formatted, verdictOf } from "../../../commands/check/formats";
import { look } from "../../../commands/check/look";
import { findingTexts } from "../../../findings/finding";
import type { PreflightReport } from "../../../preflight/run";
import type { VCenterConnection } from "../../../vcenter";
import { PreflightWorld } from "../../support/preflightWorld";
import { TestAuthority, type TestCertificate } from "../vcenter/support/certificates";
import {
  authority,
  FakeVCenter,
  soapAnswer,
  soapFault,
  type Responder,
} from "../vcenter/support/fakeVCenter";

const { wanted } = new PreflightWorld();

/** Looks at a fake, whose address is `SERVER` in what comes back. */
async function lookAt(
  responder: Responder | undefined,
  changes: Partial<VCenterConnection> = {},
  identity?: TestCertificate,
): Promise<{ readonly report: PreflightReport; readonly lines: string[] }> {
  const fake = await FakeVCenter.start(responder, identity);
  const server = `127.0.0.1:${fake.port}`;
  try {
    const report = await look(wanted, { ...fake.connection({ server }), ...changes }, "a test");
    const lines = findingTexts(report.findings).map((line) => line.replaceAll(server, "SERVER"));
    return { report, lines };
  } finally {
    await fake.stop();
  }
}

/** The checks that were made. */
function madeIn(report: PreflightReport): string[] {
  return report.checks.flatMap((check) =>
    verdictOf(check) === "SKIP" ? [] : [`${check.name} ${verdictOf(check)}`],
  );
}

const login =
  (name: string, text: string): Responder =>
  (call) =>
    call.name === "Login" ? soapFault(name, text) : undefined;

/** What vCenter says of a wrong password, and of a locked account as well. */
const incorrect = "Cannot complete login due to an incorrect user name or password.";

const day = 24 * 3600 * 1000;
const yesterday = new Date(Date.now() - day);
const dateOf = (date: Date): string => date.toISOString().slice(0, 10);

const at = (changes: { readonly version: string; readonly apiType?: string }): Responder => {
  const { version, apiType = "VirtualCenter" } = changes;
  const managers = [
    "rootFolder",
    "propertyCollector",
    "sessionManager",
    "authorizationManager",
    "searchIndex",
  ];
  const content = soapAnswer(
    "RetrieveServiceContent",
    `<returnval>${managers.map((name) => `<${name} type="T">t</${name}>`).join("")}<about><fullName>VMware ${version}</fullName>` +
      `<version>${version}</version><apiType>${apiType}</apiType></about></returnval>`,
  );
  return ({ name }) =>
    name === "RetrieveServiceContent"
      ? content
      : name === "Login"
        ? undefined
        : { status: 404, body: "<html><title>404 Not Found</title></html>" };
};

type Case = readonly [
  title: string,
  responder: Responder | undefined,
  changes: Partial<VCenterConnection>,
  said: readonly RegExp[],
  made?: readonly string[],
];

const alone = ["connection FAIL"];
const versionToo = ["connection FAIL", "version PASS"];

const cases: readonly Case[] = [
  [
    "where nothing listens",
    undefined,
    { server: "127.0.0.1:9" },
    [
      /^vsphere:vsphereServer: found "127\.0\.0\.1:9": no answer from 127\.0\.0\.1:9, the connection is refused, so nothing of vCenter could be looked at: correct vsphere:vsphereServer, or VSPHERE_SERVER \(vCenter listens on 443/,
    ],
  ],
  [
    "that is a web server",
    () => ({ status: 404, body: "<h1>nothing here</h1>" }),
    {},
    [
      /^vsphere:vsphereServer: found "SERVER": what answers there is not a vCenter: HTTP 404, "nothing here", so nothing .*: correct vsphere:vsphereServer/,
    ],
  ],
  [
    "that refuses the login",
    login("InvalidLogin", incorrect),
    {},
    [
      /^vsphere:user: found "operator@vsphere\.local": vCenter refuses the login \(InvalidLogin, Cannot complete login .*\), so nothing .*: check the user and the password .*neither locked nor disabled/,
    ],
    versionToo,
  ],
  [
    "that is given a user without a domain",
    login("InvalidLogin", incorrect),
    { user: "operator" },
    [/^vsphere:user: found "operator": .*the user has no domain, so nothing .*: write it as user@/],
    versionToo,
  ],
  [
    "whose account is locked",
    login("InvalidLogin", "User account locked: {Name: operator, Domain: vsphere.local}"),
    {},
    [/^vsphere:user: found "operator@.*: the account is locked \(.*: unlock it/],
    versionToo,
  ],
  [
    "whose password has expired",
    login("PasswordExpired", ""),
    {},
    [/^vsphere:user: found "operator@.*: the password has expired \(.*: give the account a new/],
    versionToo,
  ],
  [
    "whose account has no rights at all",
    login("NoPermission", "Permission to perform this operation was denied."),
    {},
    [
      /^vsphere:user: found "operator@.*: vCenter does not let it log in: NoPermission, .*: grant the account what docs\/vcenter-rights\.md lists/,
    ],
    versionToo,
  ],
  [
    "that is too old to answer",
    at({ version: "6.0.0" }),
    {},
    [
      /^vsphere:vsphereServer: found "VMware 6\.0\.0": Deckhouse supports vSphere 7 and 8, .*: upgrade/,
    ],
    ["version FAIL"],
  ],
  [
    "that is a single host",
    at({ version: "8.0.3", apiType: "HostAgent" }),
    {},
    [/^vsphere:vsphereServer: found "VMware 8\.0\.3": it is a single host/],
    ["version FAIL"],
  ],
];

describe("npm run check with a vCenter", () => {
  for (const [title, responder, changes, said, made = alone] of cases) {
    it(`${title} is a report in which all else is skipped`, async () => {
      const { report, lines } = await lookAt(responder, changes);
      assert.equal(lines.length, said.length, lines.join("\n"));
      said.forEach((expected, index) => assert.match(lines[index]!, expected));
      assert.deepEqual(madeIn(report), made);
      const objects = report.checks.find(({ name }) => name === "objects")!;
      assert.deepEqual(objects.skipped, "because vCenter could not be asked");
    });
  }

  const other = new TestAuthority("The Other Authority");
  for (const [title, identity, trusted, said] of [
    [
      "of an unknown authority",
      other.issue(["127.0.0.1"]),
      authority.certificate,
      /^deckhouse-vsphere:caBundle: found certificates of others alone: SERVER cannot be trusted, its certificate is signed by an unknown authority \(issued by CN=The Other Authority, valid until \d{4}-\d\d-\d\d\), so nothing .*SERVER\/certs\/download\.zip\) into deckhouse-vsphere:caBundle.*export SSL_CERT_FILE/,
    ],
    [
      "of an unknown authority, and none is set",
      other.issue(["127.0.0.1"]),
      undefined,
      /^deckhouse-vsphere:caBundle: found nothing: SERVER cannot be trusted, .*issued by CN=The Other/,
    ],
    [
      "that has expired",
      authority.issue(["127.0.0.1"], { from: new Date(Date.now() - 9 * day), until: yesterday }),
      authority.certificate,
      new RegExp(
        `^vsphere:vsphereServer: found "SERVER": SERVER cannot be trusted, its certificate has expired \\(issued by CN=test authority, valid until ${dateOf(yesterday)}\\), so nothing .*: renew vCenter's certificate`,
      ),
    ],
    [
      "of another name",
      authority.issue(["vcenter.example.com"]),
      authority.certificate,
      /^vsphere:vsphereServer: found "SERVER": SERVER is not the name in its certificate \(.*vcenter\.example\.com.*: write a name that is in the certificate into vsphere:vsphereServer/,
    ],
  ] as const) {
    it(`that shows a certificate ${title} is a report as well`, async () => {
      const { report, lines } = await lookAt(
        undefined,
        { certificateAuthority: trusted },
        identity,
      );
      assert.equal(lines.length, 1, lines.join("\n"));
      assert.match(lines[0]!, said);
      assert.deepEqual(madeIn(report), alone);
    });
  }

  it("that cannot be asked is told in every form", async () => {
    const { report } = await lookAt(undefined, { server: "127.0.0.1:9" });
    const of = (format: (typeof formats)[number]): string => formatted(report, format, "prod");
    assert.match(of("text"), /^FAIL {2}vCenter can be reached.*\n {6}error: vsphere:vsphereServer/);
    assert.match(of("text"), /\n0 facts of vCenter checked, 1 error, 0 warnings\.\n$/);
    assert.match(of("markdown"), /^- \*\*error\*\* vsphere:vsphereServer: found "127\.0\.0\.1:9"/m);
    const { checks } = JSON.parse(of("json")) as {
      checks: { name: string; verdict: string; findings: { where: string }[] }[];
    };
    assert.deepEqual(
      [checks[0]?.name, checks[0]?.verdict, checks[0]?.findings[0]?.where],
      ["connection", "FAIL", "vsphere:vsphereServer"],
    );
    const { testsuite } = new XMLParser({ ignoreAttributes: false }).parse(of("junit")) as {
      testsuite: Record<string, string>;
    };
    const all = report.checks.length;
    assert.deepEqual(
      ["@_tests", "@_failures", "@_skipped"].map((key) => testsuite[key]),
      [String(all), "1", String(all - 1)],
    );
  });
});
