namespace Verification.Cli.Completion;

/// <summary>
/// What a shell runs so that the tabulator key completes permitctl's words. Each hands the line typed so far to <c>permitctl complete</c>
/// through its standard input: an identity number in it stands in no list of processes.
/// </summary>
internal static class CompletionScripts
{
    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = """
            # permitctl: completion for bash. Put into ~/.bashrc:  source <(permitctl completion bash)
            _permitctl() {
              local line="${COMP_LINE:0:COMP_POINT}" word
              COMPREPLY=()
              while IFS= read -r word; do
                COMPREPLY+=("$word")
              done < <(printf '%s' "$line" | "${COMP_WORDS[0]}" complete 2>/dev/null)
              if [ "${#COMPREPLY[@]}" -eq 0 ]; then
                compopt -o default 2>/dev/null || true
              fi
            }
            complete -F _permitctl permitctl

            """,
        ["zsh"] = """
            #compdef permitctl
            # permitctl: completion for zsh. Put into ~/.zshrc, after compinit:  source <(permitctl completion zsh)
            _permitctl() {
              local -a found
              found=("${(@f)$(printf '%s' "${(j: :)words[1,CURRENT-1]} ${PREFIX}" | permitctl complete 2>/dev/null)}")
              if [[ -n "${found[1]}" ]]; then
                compadd -- "${found[@]}"
              else
                _files
              fi
            }
            compdef _permitctl permitctl

            """,
        ["fish"] = """
            # permitctl: completion for fish. Put into ~/.config/fish/config.fish:  permitctl completion fish | source
            function __permitctl_words
              set -l found (commandline -cp | string collect | permitctl complete 2>/dev/null)
              if set -q found[1]
                printf '%s\n' $found
              else
                __fish_complete_path (commandline -ct)
              end
            end
            complete -c permitctl -f -a '(__permitctl_words)'

            """,
        ["powershell"] = """
            # permitctl: completion for PowerShell. Put into $PROFILE:  permitctl completion powershell | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName permitctl -ScriptBlock {
              param($wordToComplete, $commandAst, $cursorPosition)
              $typed = $cursorPosition - $commandAst.Extent.StartOffset
              $commandAst.ToString().PadRight($typed).Substring(0, $typed) | & permitctl complete 2>$null | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
              }
            }

            """,
    };

    /// <summary>The shells that there are scripts for.</summary>
    public static IReadOnlyCollection<string> Shells => Scripts.Keys;

    /// <summary>The script for a shell; null where there is none.</summary>
    public static string? Find(string shell) => Scripts.GetValueOrDefault(shell.ToLowerInvariant());
}
