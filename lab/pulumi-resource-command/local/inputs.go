package local

// Settings say how a command is run. They are inputs of both the resource and the function, and are repeated among the
// outputs.
type Settings struct {
	// Interpreter is the program that gets the command as its last argument, with its other arguments; a shell unless
	// it says otherwise.
	Interpreter *[]string `pulumi:"interpreter,optional"`
	// Directory is where the command runs: in the plugin's own working folder unless it says otherwise.
	Directory *string `pulumi:"dir,optional"`
	// Environment is added to the plugin's own, which the plugin has from the engine.
	Environment *map[string]string `pulumi:"environment,optional"`
	// Stdin is the whole standard input.
	Stdin *string `pulumi:"stdin,optional"`
	// Logging says which outputs are shown while the command runs.
	Logging *Logging `pulumi:"logging,optional"`
	// AddPreviousOutputInEnv hands what the last run wrote to the next one, unless it is false.
	AddPreviousOutputInEnv *bool `pulumi:"addPreviousOutputInEnv,optional"`
	// AssetPaths and ArchivePaths are known only to be refused; see refusal.
	AssetPaths   *[]string `pulumi:"assetPaths,optional"`
	ArchivePaths *[]string `pulumi:"archivePaths,optional"`
}

// Output is what a command wrote, each without its last line break.
type Output struct {
	Stdout string `pulumi:"stdout"`
	Stderr string `pulumi:"stderr"`
}

// refusal names the input that this plugin does not take, and why; both are empty when there is none.
func (settings Settings) refusal() (input, reason string) {
	const text = "the lab's command plugin collects no files: read what the command made in the program, " +
		"or use the official plugin (LAB_OFFICIAL=1)"
	if settings.AssetPaths != nil {
		return "assetPaths", text
	}
	if settings.ArchivePaths != nil {
		return "archivePaths", text
	}
	return "", ""
}
