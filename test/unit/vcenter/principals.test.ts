import assert from "node:assert/strict";
import fc from "fast-check";
import { samePrincipal, toDomainPrincipal, VCenterError } from "../../../vcenter";

describe("toDomainPrincipal", () => {
  for (const [given, expected] of [
    ["deckhouse@vsphere.local", "VSPHERE.LOCAL\\deckhouse"],
    ["VSPHERE.LOCAL\\deckhouse", "VSPHERE.LOCAL\\deckhouse"],
    ["vsphere.local\\Deckhouse", "VSPHERE.LOCAL\\Deckhouse"],
    ["first.last@corp@example.com", "EXAMPLE.COM\\first.last@corp"],
    ["CORP\\name@with.at", "CORP\\name@with.at"],
  ] as const) {
    it(`makes ${expected} of ${given}`, () => {
      assert.equal(toDomainPrincipal(given), expected);
    });
  }

  for (const [given, problem] of [
    ["deckhouse", /has no domain.*user@domain/],
    ["", /has no name/],
    ["@vsphere.local", /has no name/],
    ["VSPHERE.LOCAL\\", /has no name/],
    ["deckhouse@", /has no domain/],
  ] as const) {
    it(`refuses "${given}"`, () => {
      assert.throws(
        () => toDomainPrincipal(given),
        (error) =>
          error instanceof VCenterError &&
          error.kind === "invalidArgument" &&
          problem.test(error.message),
      );
    });
  }

  const part = fc.stringMatching(/^[a-zA-Z0-9._-]{1,12}$/);
  it("changes nothing when applied twice, and stays the same principal", () => {
    fc.assert(
      fc.property(part, part, (name, domain) => {
        const once = toDomainPrincipal(`${name}@${domain}`);
        assert.equal(toDomainPrincipal(once), once);
        assert.ok(samePrincipal(once, `${name}@${domain}`));
        assert.ok(samePrincipal(`${name.toUpperCase()}@${domain.toLowerCase()}`, once));
      }),
    );
  });
});

describe("samePrincipal", () => {
  for (const [a, b, expected] of [
    ["backup@vsphere.local", "VSPHERE.LOCAL\\Backup", true],
    ["VSPHERE.LOCAL\\backup", "vsphere.local\\backup", true],
    ["backup", "BACKUP", true],
    ["backup", "backup@vsphere.local", false],
    ["backup@corp.example.com", "CORP\\backup", false],
    ["backup@a.local", "backup@b.local", false],
    ["backup@a.local", "restore@a.local", false],
  ] as const) {
    it(`${a} and ${b}: ${expected ? "the same" : "different"}`, () => {
      assert.equal(samePrincipal(a, b), expected);
      assert.equal(samePrincipal(b, a), expected);
    });
  }
});
