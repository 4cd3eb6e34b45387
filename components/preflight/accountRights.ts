import type { LackingRight } from "../../preflight/facts";
import { askedTogether, type PlannedRights } from "../../preflight/plannedRights";
import { objectKey, type VCenterClient } from "../../vcenter";

/**
 * What an account may not do of what `pulumi up` is going to: a call or two, however many objects and privileges there are.
 *
 * @param user the account that looks
 */
export async function readAccountRights(
  { authorization }: VCenterClient,
  planned: readonly PlannedRights[],
  user: string,
): Promise<LackingRight[]> {
  const answers = await Promise.all(
    askedTogether(planned).map(async ({ privileges: asked, objects: all, sets }) => {
      const missing = await authorization.missingPrivileges(user, all, asked);
      return sets.flatMap(({ privileges, objects }) =>
        privileges.map((privilege) => ({
          ...{ user, privilege, asked: objects.length },
          objects: objects.filter(
            (one) => missing.get(objectKey(one))?.includes(privilege) === true,
          ),
        })),
      );
    }),
  );
  return answers.flat();
}
