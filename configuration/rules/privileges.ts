import { isKnownPrivilege, knownPrivileges, rolePrivileges } from "../privileges";
import { mostOfAKind } from "../../findings/folding";
import { nearest } from "../../findings/nearest";
import { valuesOf } from "../places";
import { finding, type Finding } from "../../findings/finding";
import type { Rule } from "./rule";

/** A preset and an own list exclude each other: it would not be clear which of the two counts. */
export const privilegesHaveOneSource: Rule = ({ role }) =>
  role?.preset === undefined || role.privileges === undefined
    ? []
    : [
        finding(
          "role.privileges",
          role.privileges,
          `role.preset is ${role.preset}, and the two exclude each other`,
          "choose one; extraPrivileges adds to either",
        ),
      ];

/**
 * Every privilege is one that vCenter knows. vCenter refuses a role with an unknown one as a whole, and
 * does not say which it was.
 *
 * Source: vmware/govmomi `govc/test/role.bats`; the ids are those of the administrator role there.
 */
export const privilegesAreKnown: Rule = ({ role }) => [
  ...unknownIn("role.privileges", role?.privileges),
  ...unknownIn("role.extraPrivileges", role?.extraPrivileges),
];

function unknownIn(
  path: string,
  privileges: readonly (string | undefined)[] | undefined,
): Finding[] {
  return valuesOf(path, privileges)
    .filter(({ value }) => !isKnownPrivilege(value))
    .map((place, index) => {
      // To look for names that were meant takes a millisecond, and no more faults of one list are shown.
      const meant = index < mostOfAKind ? nearest(place.value, knownPrivileges) : undefined;
      return finding(
        place.path,
        place.value,
        "vCenter knows no such privilege, and would refuse the whole role without naming it",
        meant ? `write ${meant}, or remove it` : "remove it, or look the id up in vCenter's list",
      );
    });
}

/** An own list says something: `System.*` alone is what every role has. */
export const privilegesAreNotImpliedAlone: Rule = ({ role }, faulty) =>
  role?.privileges === undefined ||
  faulty("role.privileges") ||
  faulty("role.extraPrivileges") ||
  rolePrivileges({
    privileges: definedValues(role.privileges),
    extraPrivileges: definedValues(role.extraPrivileges ?? []),
  }).length > 0
    ? []
    : [
        finding(
          "role.privileges",
          role.privileges,
          "vCenter gives these System privileges to every role, so this one would allow nothing",
          "list what the account needs, or leave the key out for the preset",
        ),
      ];

function definedValues(list: readonly (string | undefined)[]): string[] {
  return list.filter((value) => value !== undefined);
}
