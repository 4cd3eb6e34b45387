/**
 * Whether the user asked, by `LAB_OFFICIAL=1`, for the pulumi, the language host and the plugins on the PATH in place of
 * those the lab builds.
 */
export function usesOfficialEngine(environment: NodeJS.ProcessEnv = process.env): boolean {
  return environment["LAB_OFFICIAL"] === "1";
}
