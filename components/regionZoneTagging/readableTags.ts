import { isVCenterError, objectKey, type VCenterClient } from "../../vcenter";

/**
 * Whether an account sees the tags that vCenter has. vCenter leaves out of its lists what an account may not read, so to one
 * without that right a category of others looks empty.
 *
 * Who sees a tag may read tags: that is a Global Permission, which holds for all of them. Where the account sees none,
 * vCenter cannot be asked about rights on tags; but Global Permissions reach the root folder too, so an account that may
 * not read that has none.
 *
 * Source: vSphere Automation API, TagAssociation and Tag (`list`); docs/vcenter-rights.md.
 *
 * @param user the account, `user@domain`
 * @throws VCenterError when vCenter cannot be asked
 */
export async function mayReadTags(
  { tagging, inventory, authorization }: VCenterClient,
  user: string,
): Promise<boolean> {
  for (const { id } of await tagging.categories()) {
    if ((await tagging.tagIdsOfCategory(id)).length > 0) return true;
  }
  const { root } = await inventory.read("withoutNetworks");
  try {
    const lacking = await authorization.missingPrivileges(user, [root], ["System.Read"]);
    return lacking.get(objectKey(root))?.length === 0;
  } catch (error) {
    if (isVCenterError(error, "noPermission")) return false;
    throw error;
  }
}
