/** The communities that have names, as numbers. Source: RFC 1997. */
const wellKnown: Readonly<Record<string, string>> = {
  "no-export": "65535:65281",
  "no-advertise": "65535:65282",
  "local-as": "65535:65283",
};

/**
 * A BGP community as MetalLB reads it: two numbers.
 *
 * @param community two numbers, or a name
 */
export function communityNumbers(community: string): string {
  return wellKnown[community] ?? community;
}

/**
 * The communities of an announcement, as numbers. `none` stands for no community.
 *
 * @returns undefined when there are none
 */
export function announcedCommunities(
  communities: readonly string[] | undefined,
): readonly string[] | undefined {
  const announced = (communities ?? [])
    .filter((community) => community !== "none")
    .map(communityNumbers);
  return announced.length === 0 ? undefined : announced;
}
