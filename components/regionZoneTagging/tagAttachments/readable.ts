import { isVCenterError } from "../../../vcenter";
import { ProviderError } from "../../dynamic/errors";
import type { LiveView } from "../../dynamic/liveView";
import type { TagsByObject } from "./plan";

/** How many names one sentence holds. */
const namedTags = 5;

/** What vCenter shows of the tags. */
interface Seen {
  readonly actual: TagsByObject;
  /** Names of the tags that configuration or state know, by id. */
  readonly tagNames: ReadonlyMap<string, string>;
}

/**
 * Makes sure that what vCenter does not show is really not there. vCenter lists only the tags that an account may read
 * (vSphere Automation API, TagAssociation, `tag_ids`): an account without that right gets empty answers. Only a tag that
 * was seen nowhere is in doubt; read by its id, vCenter refuses it to such an account, and does not know one that is gone.
 *
 * @param expected the pairs that should be there
 * @throws ProviderError that names the tags which cannot be read
 */
export async function requireReadableTags(
  live: LiveView,
  { actual, tagNames }: Seen,
  expected: TagsByObject,
): Promise<void> {
  const seen = new Set([...actual.values()].flatMap((tags) => [...tags]));
  const wanted = new Set([...expected.values()].flatMap((tags) => [...tags]));
  const doubtful = [...wanted].filter((tag) => !seen.has(tag));
  const readable = await Promise.all(doubtful.map((tag) => isReadable(live, tag)));
  const hidden = doubtful.filter((_, index) => readable[index] === false);
  if (hidden.length > 0) {
    const names = hidden.slice(0, namedTags).map((tag) => tagNames.get(tag) ?? tag);
    const rest = hidden.length - names.length;
    throw new ProviderError(
      `this account cannot read the tags ${names.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}, so nothing is known of ` +
        "the objects that carry them: grant it the role Read-only on tags by a Global Permission (System.Read), or use " +
        "another account",
    );
  }
}

/** Whether the account may read a tag; one that is gone could be read. */
async function isReadable(live: LiveView, tag: string): Promise<boolean> {
  try {
    await live.tag(tag);
    return true;
  } catch (error) {
    if (isVCenterError(error, "noPermission")) {
      return false;
    }
    throw error;
  }
}
