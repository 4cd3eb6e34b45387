package guest

import (
	"regexp"
	"strings"
)

// answers are the files from which an installer learns what to install.
type answers struct {
	kind answersKind
	urls []string // in the order of fetching
}

type answersKind int

const (
	preseed   answersKind = iota // Debian's installer, Ubuntu up to the legacy server images of 20.04
	cloudInit                    // cloud-init's NoCloud source with autoinstall, Ubuntu's live server images
)

var (
	preseedArgument = regexp.MustCompile(`(?:^|\s)(?:preseed/)?url=(\S+)`)
	// The part after the semicolon is seedfrom or s (cloud-init, data source NoCloud). GRUB needs quotes or a backslash
	// around the semicolon.
	seedArgument = regexp.MustCompile(`ds=["']?nocloud(?:-net)?\\?;(?:seedfrom|s)=([^"'\s]+)`)
)

// findAnswers looks for the address of answers in a line of a boot command.
func findAnswers(line string) (answers, bool) {
	if found := seedArgument.FindStringSubmatch(line); found != nil {
		return answers{kind: cloudInit, urls: []string{found[1] + "meta-data", found[1] + "user-data"}}, true
	}
	if found := preseedArgument.FindStringSubmatch(line); found != nil {
		return answers{kind: preseed, urls: []string{strings.Trim(found[1], `"'`)}}, true
	}
	return answers{}, false
}
