import assert from "node:assert/strict";
import { findingText } from "../../../findings/finding";
import { connectionFinding } from "../../../preflight/connectionFinding";
import { VCenterError, type VCenterErrorKind } from "../../../vcenter";

const connection = {
  server: "vcenter.example.com",
  user: "administrator@vsphere.local",
};

/** What failed, and how its line begins and ends. What a real vCenter answers is in test/unit/commands/look.test.ts. */
const cases: readonly (readonly [
  kind: VCenterErrorKind,
  code: string,
  answer: string,
  begin: string,
  end: string,
])[] = [
  [
    "unreachable",
    "ENOTFOUND",
    "no answer from vcenter.example.com, DNS does not know its name",
    'vsphere:vsphereServer: found "vcenter.example.com": no answer from vcenter.example.com, DNS does not know its name, so nothing',
    "correct vsphere:vsphereServer, or VSPHERE_SERVER, or have DNS know the name on this machine",
  ],
  [
    "unreachable",
    "EAI_AGAIN",
    "DNS does not answer",
    "vsphere:vsphereServer: ",
    "see to it that this machine reaches its DNS server, and run again",
  ],
  [
    "unreachable",
    "EPROTO",
    "vcenter.example.com does not speak TLS",
    "vsphere:vsphereServer: ",
    "it has to lead to vCenter's HTTPS port, usually 443",
  ],
  [
    "unreachable",
    "EHOSTUNREACH",
    "there is no route to it",
    "vsphere:vsphereServer: ",
    "or see what is in the way (route, firewall, VPN)",
  ],
  [
    "timeout",
    "",
    "no complete answer within 60000 ms",
    'vsphere:vsphereServer: found "vcenter.example.com": no complete answer',
    "or see what drops the packets on the way (firewall, VPN), or what vCenter is busy with",
  ],
  [
    "untrustedCertificate",
    "CERT_NOT_YET_VALID",
    "its certificate is not valid yet",
    "vsphere:vsphereServer: ",
    "correct the clock of this machine, or of vCenter",
  ],
  [
    "unavailable",
    "",
    "HTTP 503",
    'vsphere:vsphereServer: found "vcenter.example.com": vCenter failed to look: HTTP 503',
    "run again when vCenter is less busy",
  ],
  [
    "tooManySessions",
    "SessionLimitExceeded",
    "too many sessions",
    'vsphere:user: found "administrator@vsphere.local": vCenter refuses to look: too many sessions',
    "or use a dedicated account",
  ],
  [
    "noPermission",
    "",
    "HTTP 403 by a proxy",
    "vsphere:vsphereServer: ",
    "see which proxy or web server answers in vCenter's place",
  ],
];

describe("why vCenter could not be asked", () => {
  for (const [kind, code, answer, begin, end] of cases) {
    it(`is a finding at the setting to blame: ${kind} ${code}`, () => {
      const error = new VCenterError({ kind, code, answer, operation: "look" });
      const text = findingText(connectionFinding(error, connection));
      assert.ok(text.startsWith(begin), text);
      assert.ok(text.endsWith(end), text);
      assert.match(text, /so nothing of vCenter could be looked at/);
    });
  }

  it("blames the user for a setting of the user that cannot be used", () => {
    const { where } = connectionFinding(
      new VCenterError({
        ...{ kind: "invalidArgument", operation: "read the connection settings", object: "user" },
        answer: "it contains a colon",
      }),
      connection,
    );
    assert.equal(where, "vsphere:user");
  });

  it("is told as well when it is no failure of vCenter", () => {
    assert.match(
      findingText(connectionFinding(new Error("something else"), connection)),
      /^vsphere:vsphereServer: found "vcenter\.example\.com": something else, so nothing/,
    );
  });
});
