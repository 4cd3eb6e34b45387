import assert from "node:assert/strict";

import { roleTexts, type RoleState } from "../../../../../components/kubernetesRole/changes/roles";

const role = (...privileges: string[]): RoleState => ({
  name: "kubernetes",
  privileges: new Set(privileges),
});
const fails =
  "Whatever the cluster does with them fails as soon as `up` is done, with an error of vCenter in its logs.";

describe("what a preview says of a role", () => {
  for (const [what, was, is, expected] of [
    ["is made", undefined, role("A", "B"), ["role kubernetes with 2 privileges is made"]],
    ["has the same privileges in another order", role("A", "B"), role("B", "A"), []],
    ["gets more", role("A"), role("C", "A", "B"), ["role kubernetes: 2 privileges more: now B, C"]],
    [
      "loses some",
      role("A", "B", "C"),
      role("A"),
      [
        "role kubernetes: 2 privileges fewer: no longer B, C",
        `warning: role kubernetes loses 2 privileges (B, C): ${fails}`,
      ],
    ],
    [
      "gets others, of which five are named",
      role("A"),
      role("B", "C", "D", "E", "F", "G", "H"),
      [
        "role kubernetes: 7 privileges more, 1 fewer: now B, C, D, E, F and 2 more; no longer A",
        `warning: role kubernetes loses 1 privilege (A): ${fails}`,
      ],
    ],
    ["is renamed", { ...role("A"), name: "old" }, role("A"), ["role old is renamed to kubernetes"]],
    [
      "is renamed and gets more",
      { ...role("A"), name: "old" },
      role("A", "B"),
      ["role old is renamed to kubernetes", "role kubernetes: 1 privilege more: now B"],
    ],
  ] as const) {
    it(`is told when it ${what}`, () => {
      assert.deepEqual(roleTexts(was, is), expected);
    });
  }
});
