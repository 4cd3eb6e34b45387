import assert from "node:assert/strict";
import fc from "fast-check";

import {
  comparablePrincipal,
  principalParts,
  samePrincipal,
  toDomainPrincipal,
} from "../../../findings/principals";

describe("a user or group of vCenter", () => {
  for (const [written, account, domain, stored] of [
    ["deckhouse@vsphere.local", "deckhouse", "vsphere.local", "VSPHERE.LOCAL\\deckhouse"],
    ["VSPHERE.LOCAL\\deckhouse", "deckhouse", "VSPHERE.LOCAL", "VSPHERE.LOCAL\\deckhouse"],
    ["vsphere.local\\Deckhouse", "Deckhouse", "vsphere.local", "VSPHERE.LOCAL\\Deckhouse"],
    [
      "first.last@corp@example.com",
      "first.last@corp",
      "example.com",
      "EXAMPLE.COM\\first.last@corp",
    ],
    ["CORP\\name@with.at", "name@with.at", "CORP", "CORP\\name@with.at"],
    ["NT AUTHORITY\\two words", "two words", "NT AUTHORITY", "NT AUTHORITY\\two words"],
  ] as const) {
    it(`${written} has a name and a domain, and is stored as ${stored}`, () => {
      assert.deepEqual(principalParts(written), { account, domain });
      assert.equal(toDomainPrincipal(written), stored);
    });
  }

  for (const bare of [
    ...["deckhouse", "", "@vsphere.local", "deckhouse@", "VSPHERE.LOCAL\\", "\\deckhouse"],
    ...["a\\b\\c", "a@b\\c", "user@two words"],
  ]) {
    it(`"${bare}" lacks its domain or its name`, () => {
      assert.equal(principalParts(bare), undefined);
      assert.equal(comparablePrincipal(bare), bare.toLowerCase());
      assert.throws(
        () => toDomainPrincipal(bare),
        ({ message }: Error) =>
          message.startsWith(
            `user or group ${JSON.stringify(bare)}: the domain or the name is missing`,
          ) && message.endsWith("write user@domain or DOMAIN\\user"),
      );
    });
  }

  for (const [a, b, expected] of [
    ["backup@vsphere.local", "VSPHERE.LOCAL\\Backup", true],
    ["VSPHERE.LOCAL\\backup", "vsphere.local\\backup", true],
    ["Й@vsphere.local".normalize("NFC"), "VSPHERE.LOCAL\\й".normalize("NFD"), true],
    ["backup", "BACKUP", true],
    ["backup", "backup@vsphere.local", false],
    ["backup@corp.example.com", "CORP\\backup", false],
    ["backup@a.local", "backup@b.local", false],
    ["backup@a.local", "restore@a.local", false],
  ] as const) {
    it(`${a} and ${b} are ${expected ? "the same" : "different"}`, () => {
      assert.equal(samePrincipal(a, b), expected);
      assert.equal(samePrincipal(b, a), expected);
    });
  }

  it("stays the same in the form that is stored, and in any case", () => {
    const part = fc.stringMatching(/^[a-zA-Z0-9._-]{1,12}$/);
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
