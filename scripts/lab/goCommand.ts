/**
 * The flags of all Go commands, which also take the place of what `go env -w GOFLAGS` left behind: go.sum has to be
 * complete, and the binary must not tell where it was built. With the same flags for builds, vet and tests, each
 * finds in Go's cache what another has compiled; anything else would compile the engine a second time.
 */
export const goFlags = "-mod=readonly -buildvcs=false -trimpath";

/**
 * The environment in which the lab's Go commands run: what a user set for other projects must not change what is built
 * here, and a binary must not depend on the machine that builds it.
 */
export function goEnvironment(environment: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const { GOOS: _os, GOARCH: _architecture, GOEXPERIMENT: _experiment, ...rest } = environment;
  return {
    ...rest,
    GOFLAGS: goFlags,
    GOWORK: "off",
    CGO_ENABLED: "0",
    // The version was checked; another one must not be downloaded.
    GOTOOLCHAIN: "local",
  };
}

/** The arguments of `go` that build a package into a file, the same bytes on every machine. */
export function goBuildArguments(
  build: { readonly package: string; readonly linkerFlags: string },
  file: string,
): string[] {
  return ["build", "-ldflags", build.linkerFlags, "-o", file, build.package];
}
