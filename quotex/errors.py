"""What a user can put right: exceptions, and the messages they carry.

A message says what is wrong, with the facts, and then what to do. A bug of ours is not a `QuotexError`
and keeps its traceback.
"""


class QuotexError(Exception):
    """Base of all errors that a user can fix; takes one argument, the message, so it pickles across workers."""


class InputError(QuotexError):
    """One input could not be read; the others are still done."""


class UsageError(QuotexError):
    """The run could not start: wrong options, nothing to read, no place to write."""


class ModelError(QuotexError):
    """The model is missing, damaged or of another version."""


class Msg:
    """Every message.

    Q1xx inputs, Q2xx usage, output, Q3xx models, Q4xx evaluation, Q5xx training, Q6xx server, Q7xx spaCy,
    Q8xx conversion and verification.
    """

    Q101 = "[Q101] {path}: not {encoding} at byte {at}. Convert it, or pass --encoding (such as cp1252)."
    Q102 = "[Q102] {path}: this is {found}, not {encoding}. Pass --encoding {found}."
    Q103 = "[Q103] {path}: binary, not text ({found}). Give the text itself, as .txt or .jsonl."
    Q104 = "[Q104] {path}: {suffix} files are not read yet. {advice}"
    Q105 = "[Q105] {doc}: empty, there is no text in it."
    Q106 = "[Q106] {path}: no such file or folder.{hint}"
    Q107 = (
        "[Q107] {path}: no texts in this folder. Files read from folders: {suffixes}, "
        "each also with {packed}; give others by name."
    )
    Q108 = "[Q108] {path}: cannot be read: {reason}."
    Q109 = "[Q109] {place}: not JSON ({reason}). {advice}"
    Q110 = "[Q110] {place}: a JSON {found}, not an object. {advice}"
    Q111 = "[Q111] {place}: no {what} {key!r}; its {what}s are {keys}. Pass --{option} with the right one."
    Q112 = "[Q112] {place}: {key!r} is {found}, not a string. Correct the row, or pass another --text-key."
    Q113 = (
        "[Q113] {place}: {key!r} is {found}, not a string or integer. Correct the row, or pass another --id-key."
    )
    Q114 = "[Q114] {doc}: half of a surrogate pair at character {at}, which is no text. Correct the row."
    Q115 = "[Q115] {doc}: could not be processed ({error}). This is a bug in quotex; please report it."
    Q116 = "[Q116] {doc}: does not look like English, the one language quotex reads. Take its quotes with care."
    Q117 = (
        "[Q117] {path}: {purpose} needs a package that is not here ({package}). Run: pip install 'quotex[{extra}]'"
    )
    Q118 = "[Q118] {path}: no article found in this page{reason}. Save its text as .txt."
    Q119 = "[Q119] {path}: broken ({reason}); nothing can be read from there on. Get the file again."
    Q120 = "[Q120] {place}: {found}, but the header has {wanted}. Put those with a {delimiter} in quotation marks."
    Q121 = "[Q121] {place}: {reason}. Close each quotation mark, and double those inside a field."
    Q122 = "[Q122] {path}: nothing has a name like this. Correct the pattern."
    Q123 = "[Q123] {path}: there are two columns {column!r}. Rename one of them."
    Q124 = "[Q124] {path}: no encoding fits its bytes. Pass --encoding with the right one."
    Q125 = (
        "[Q125] {path}: holds several lists ({keys}). Pass --text-key with the key of the text, "
        "or make the one with the articles a file of its own."
    )

    Q126 = "[Q126] {doc}: twice ended the process that read it ({reason}). Cut it up, or report it to us."
    Q127 = "[Q127] --keep {key}: none of the articles has it. Look at how the columns of the input are called."

    Q128 = "[Q128] {place}: {key!r} is nested more than {limit} deep. Leave it out of --keep."
    Q129 = "[Q129] {path}: a pipe or device, passed over. Give it by its name to read it."
    Q130 = "[Q130] {path}: unpacks to more than {limit}, which no text does. If you trust it, unpack it first."
    Q131 = "[Q131] {doc}: more than {limit:,} characters. Cut it up, or pass a larger --max-chars."
    Q132 = "[Q132] {place}: more than {limit:,} bytes. Cut it up, or pass a larger --max-chars."
    Q133 = "[Q133] {path}: more than {limit:,} bytes of JSON. Make it JSON Lines (.jsonl), one article a row."
    Q134 = "[Q134] {path}: nested too deep to be read. Save its text as .txt."
    Q135 = "[Q135] {doc}: took longer than {limit:g} seconds. Cut it up, or pass a larger --timeout."

    Q136 = "[Q136] {path}: {rows} with the id of an earlier one ({example}). Pass --id-key with one that differs."
    Q137 = "[Q137] {path}: {files} not read: {kinds}."
    Q138 = "[Q138] {path}: no text in this PDF, only pictures of it. Let a program for OCR read it first."
    Q139 = "[Q139] {path}: needs a password. Save it without one."
    Q140 = "[Q140] {path}: unpacks to more than {limit}, which no document does. If you trust it, save it as .txt."
    Q141 = "[Q141] {path}: not well-formed ({reason}); entries may be missing."
    Q142 = "[Q142] {doc}: more than {limit:,} characters, the most that are read at once. Cut it up."
    Q143 = (
        "[Q143] {place}: a field of more than {limit:,} characters. "
        "Cut it up, take its column out, or pass a larger --max-chars."
    )
    Q146 = (
        "[Q146] {path}: written by quotex, and no article. Give the articles. "
        "Of results, `quotex speakers` reads JSON Lines, JSON, Parquet and databases."
    )
    Q147 = "[Q147] {files} passed over that quotex wrote ({example})."
    Q148 = "[Q148] {path}: texts that --save-text kept, passed over. Give the folder by its name to read them."

    Q151 = "[Q151] {path}: not what `quotex extract` wrote, as the first file was. Count articles by themselves."
    Q152 = "[Q152] {path}: damaged, or of another version ({reason}). Extract again."
    Q153 = (
        "[Q153] Articles without quotes are not counted: JSON Lines and Parquet do not list them. "
        "Give the JSON or the database of `extract` to count them."
    )
    Q154 = (
        "[Q154] {articles} with the id of an earlier one ({example}): their quotes cannot be told apart by it. "
        "Extract again, with an --id-key that differs."
    )

    Q201 = "[Q201] --encoding {encoding}: no such text encoding. Try utf-8, utf-16, latin-1 or cp1252."
    Q202 = "[Q202] {flags}: more than one output format. Pass one of them."
    Q203 = "[Q203] {path}: no format goes with this name. End it in {suffixes}, or pass --format."
    Q204 = "[Q204] {path}: cannot be written: {reason}."
    Q205 = "[Q205] {path}: is one of the inputs. Choose another file for {option}."
    Q206 = "[Q206] --type {given}: no such type. Types are {types}."
    Q207 = "[Q207] --speaker {given!r}: holds no letters to look for."
    Q208 = "[Q208] --min-confidence {given}: not a number from 0 to 1."
    Q209 = "[Q209] Writing to {path} failed: {reason}.{kept}"
    Q210 = "[Q210] Interrupted.{kept}"
    Q211 = "[Q211] {path}: is there already. Choose another file, or pass --force to replace it."
    Q212 = (
        "[Q212] {part} was begun with {then}, now there is {now}. "
        "Give the command as it was to go on from there, or pass --force to start over."
    )
    Q213 = "[Q213] {path}: the file of aliases cannot be read: {reason}."
    Q214 = "[Q214] {path}, line {line}: not a name and its aliases: {given!r}. Write: Ann Lee = Annie Lee; Lee"
    Q215 = "[Q215] {path}, line {line}: {alias!r} is already {one!r}, and cannot be {other!r}. Leave one out."
    Q216 = (
        "[Q216] {part} was begun with other inputs: the first {n} articles were not these. "
        "Put them back to go on from there, or pass --force to start over."
    )
    Q217 = "[Q217] {path}: is a part file without its journal. Move it away, or pass --force to replace it."
    Q218 = "[Q218] {form} is for files only. Pass -o with the name of one."
    Q219 = "[Q219] A worker process could not start ({reason}). Pass --workers with a smaller number."
    Q220 = "[Q220] {path}: another run is writing there. Wait for it, or choose another file."
    Q221 = "[Q221] {what} needs a package that is not here ({missing}). Run: pip install 'quotex[{extra}]'"
    Q222 = "[Q222] --engine ray reads Parquet and writes a folder of it: {what}. {advice}"
    Q223 = "[Q223] {path}: two inputs would be written to it ({one} and {other}). Rename one of them."
    Q224 = "[Q224] {path}: is of a run with {then}, and now there is {now}. Pass --force to replace it."
    Q225 = "[Q225] {path}: the processes that read it died, {n} times. Run the same command without --engine ray."
    Q226 = "[Q226] {form} is not for counts. Write json, jsonl, csv, tsv, html or a database (.db)."
    Q227 = "[Q227] {option} does not go with {other}. Leave one of them out."
    Q228 = "[Q228] {path}: would be written to by both {one} and {other}. Choose another place for one of them."
    Q229 = "[Q229] {form} cannot be written here: {reason}. Choose another format, or keep other columns."
    Q230 = "[Q230] {part}: changed or damaged since the run was broken off. Pass --force to start over."
    Q241 = (
        "[Q241] --by {given}: what is behind the colon is none of {periods}. Write --by date:month, or a column."
    )
    Q242 = "[Q242] --by {key}: no article has {what}. {advice}"
    Q243 = "[Q243] --speaker {given}: nobody quoted here is called so.{hint}"
    Q244 = "[Q244] {name} is no command. To read it: {command}"
    Q245 = "[Q245] {path}: {n} of {total} corrected texts are none of these. Give the files that were corrected."
    KEPT = " What was done is in {part}; the same command goes on from there."

    Q301 = "[Q301] {path}: cannot be read: {reason}. Install quotex again, or pass --model with a model's folder."
    Q302 = "[Q302] {path}: not the file that meta.json describes (its sha256 differs). Install the model again."
    Q303 = "[Q303] {path}: damaged: {reason}. Install the model again."
    Q304 = "[Q304] {path}: made for another version of quotex (format {given}, not {expected}). Train it again."

    Q401 = (
        "[Q401] {path}, line {line}: no key {key!r}; its keys are {keys}. Each line needs id, text and {wanted}."
    )
    Q402 = "[Q402] {path}, line {line}{item}: {key!r} is a JSON {found}, not {wanted}. Correct the line."
    Q403 = (
        "[Q403] {path}, line {line}{item}: {role} must be a list of [start, end], two integers each, not {given}."
    )
    Q404 = (
        "[Q404] {path}, line {line}{item}: {role} {given} is not within the text, which has {length} characters."
    )
    Q405 = "[Q405] {path}, line {line}{item}: {role} {given} ends before it has begun. Ends are exclusive."
    Q406 = "[Q406] {path}, line {line}{item}: {role} {one} and {other} overlap. Make them one, or cut one off."
    Q407 = "[Q407] {path}, line {line}: id {id!r} again, as in line {first}. Each article must have its own."
    Q408 = (
        "[Q408] {path}, line {line}: its keys are {keys}. Each line needs id and quotes, or is one of `extract`."
    )
    Q409 = "[Q409] {path}, line {line}: there is no article {id!r} in {gold}. Extract from the articles in it."
    Q410 = "[Q410] {path}, line {line}{item}: {role} {given} is {words}, but {there} in the text. Extract again."
    Q411 = "[Q411] {option} is for running the model, and PRED holds what was found. Leave one of them out."
    Q412 = "[Q412] GOLD and PRED cannot both be stdin. Give one of them as a file."
    Q413 = "[Q413] {path}: {suffix} files are not read here. Make it JSON Lines (.jsonl), one article a row."
    Q414 = "[Q414] {path}, line {line}: its sha256 is not that of its text. Correct it anew, or take it out."
    Q415 = "[Q415] {path}, line {line}{item}: its type is {given}. The types of names are {types}."
    Q416 = "[Q416] {path}: names are marked in it, not quotes, and {option} is for quotes. Leave it out."
    Q417 = "[Q417] {what} is the path of a file of JSON Lines, not {found}. Write the articles to one."
    Q418 = "[Q418] {path}: a quote a line, without texts. Make it articles: quotex convert {path} articles.jsonl"

    Q501 = "[Q501] training needs packages that are not here ({missing}). Run: pip install 'quotex[train]'"
    Q502 = "[Q502] {path}: is there already. Choose another folder for -o, or pass --force to replace it."
    Q503 = "[Q503] {articles} to learn from{purpose}: too few. Give {least} at least; fifty make a difference."
    Q504 = "[Q504] {dev}: article {id!r} is in {train} too, and would be judged by heart. Take it out of one."
    Q505 = "[Q505] {path}: no folder of a model, and not replaced. Choose another one for -o."

    Q601 = "[Q601] {host} can be reached from other machines: pass --api-key, or leave --host out."
    Q602 = "[Q602] {host}:{port}: cannot listen there: {reason}. Pass another --port (0: any free one) or --host."
    Q603 = "[Q603] {path}, line {line}: no correction ({reason}). Choose another file for --corrections."
    Q604 = "[Q604] {path}: another program keeps it locked. Close that one, and save again."
    Q605 = "[Q605] {path}: the correction could not be saved: {reason}."
    Q606 = "[Q606] This text was saved meanwhile, in another window or by others. Look at theirs, or replace it."
    Q607 = "[Q607] {paths}: no article that could be read. Correct the paths, or leave them out."
    Q608 = "[Q608] More than {limit:,} articles to review. The rest is left out; start again with those."

    Q610 = "[Q610] Host {given!r} is not how this server is called. Use the address that it printed."
    Q611 = "[Q611] A page of {given} may not do this. Use the page of this server, or a program."
    Q612 = "[Q612] No API key, or a wrong one. Send it as Authorization: Bearer KEY."
    Q613 = "[Q613] More than {limit:,} bytes. Send less at once, or start the server with a larger --max-body."
    Q614 = "[Q614] More than {limit:,} articles. Send fewer at once."
    Q615 = "[Q615] Content-Type {given!r} is not read here. Send {wanted}."
    Q616 = "[Q616] The body is not {encoding} at byte {at}. Send it as UTF-8, or name its charset in Content-Type."
    Q617 = "[Q617] The body is not JSON ({reason}). Correct it."
    Q618 = "[Q618] {where}: {found}, not {wanted}. Correct it."
    Q619 = "[Q619] {doc}: took longer to read than a request may. Cut it up, or start with a larger --timeout."
    Q620 = "[Q620] Parameter {name}: {problem}. {advice}"
    Q621 = "[Q621] Not done within {limit:g} seconds. Send less at once, or later."
    Q622 = "[Q622] As many requests as there may be are waiting. Send it again later."
    Q623 = "[Q623] The server is ending, and this is not done. Send it again later."
    Q624 = "[Q624] {method} {path}: {reason}. What there is stands under /docs."
    Q625 = "[Q625] A bug in quotex ({error}). Please report it."

    Q701 = "[Q701] {stage}: {missing} has not read this Doc, as it must before. Add it: nlp.add_pipe({missing!r})."
    Q702 = "[Q702] {missing} has not read this Doc. Use quotex.load(), or add it all: nlp.add_pipe('quotex')."
    Q703 = "[Q703] doc._.quotes and doc._.speakers are read off the Doc and cannot be set."
    Q704 = "[Q704] A text is a str, not {found}. Decode bytes, and read files, before."

    Q801 = (
        "[Q801] {path}, item {line}: neither a quote nor an article with quotes. "
        "Give what `quotex extract` wrote, or pass --from with the format of the file."
    )
    Q802 = "[Q802] {path}: this cannot be read as {form}: {reason}. Correct it, or pass --from with its format."
    Q803 = "[Q803] {path}: this format has files for each article. Give a folder, and pass --to with the format."
    Q804 = "[Q804] {path}: no format goes with this name. Pass {option} with one of {names}.{hint}"
    Q805 = "[Q805] {doc}: its text is needed and not here. Pass --texts with what `quotex extract` has read."
    Q806 = "[Q806] {path}: not one article. Give a file with one text in it."
    Q807 = "[Q807] --allow {given}: no such change. Changes are {changes}."
    Q808 = "[Q808] {form} is not read from stdin, only JSON Lines and JSON are. Give a file."
    Q809 = (
        "[Q809] {articles} with the id of an earlier one ({example}), which `evaluate` and `train` refuse. "
        "Extract again, with an --id-key that differs."
    )
    Q810 = "[Q810] {path}: no {suffix} file in this folder. Give the one that the tool works in, or its files."
    Q811 = (
        "[Q811] {path}: tables, databases and reports are what `extract` writes. "
        "Convert to JSON Lines, and run: quotex extract PATHS --corrections FILE.jsonl -o {path}"
    )
    Q812 = "[Q812] {path}: written by an earlier version, without the places of cue and source. Extract again."


def split_message(message: str) -> dict[str, str]:
    """Take a message apart, as records have it.

    >>> split_message("[Q105] a.txt: empty, there is no text in it.")
    {'code': 'Q105', 'message': 'a.txt: empty, there is no text in it.'}
    """
    code, _, text = message.removeprefix("[").partition("] ")
    return {"code": code, "message": text}
