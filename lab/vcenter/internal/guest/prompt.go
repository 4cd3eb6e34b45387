package guest

import "regexp"

// prompt is the boot prompt of an installer's medium: it collects lines and knows when they start the installer.
type prompt struct {
	lines   []string
	current []rune
}

var (
	// A line of GRUB's console; the key c, which opens the console from the menu, stands before the first.
	consoleLine = regexp.MustCompile(`^\s*c?\s*linux(efi|16)?\s`)
	bootLine    = regexp.MustCompile(`^\s*boot\s*$`)
)

// press takes a key and returns the boot line when the key starts the installer. The boot line is the last one that
// names answers. In GRUB's console it is started by the line "boot"; elsewhere enter starts it (isolinux), or F10 or
// control-x (GRUB's editor).
func (prompt *prompt) press(pressed key) (answers, bool) {
	switch {
	case pressed.name == "bs":
		prompt.current = prompt.current[:max(len(prompt.current)-1, 0)]
	case pressed.name == "enter":
		line := string(prompt.current)
		prompt.lines, prompt.current = append(prompt.lines, line), nil
		return prompt.boot(bootLine.MatchString(line), false)
	case pressed.name == "f10", pressed.control && pressed.character == 'x':
		return prompt.boot(false, true)
	case pressed.character != 0 && !pressed.control:
		prompt.current = append(prompt.current, pressed.character)
	}
	return answers{}, false
}

func (prompt *prompt) boot(bootTyped, editorLeft bool) (answers, bool) {
	lines := append(prompt.lines[:len(prompt.lines):len(prompt.lines)], string(prompt.current))
	for position := len(lines) - 1; position >= 0; position-- {
		named, found := findAnswers(lines[position])
		if !found {
			continue
		}
		return named, bootTyped || editorLeft || !consoleLine.MatchString(lines[position])
	}
	return answers{}, false
}
