// Whether a value fits the type that a contract's interface asks for.
const LENGTH = { buffer: (cv) => cv.value.length / 2, 'string-ascii': (cv) => cv.value.length, 'string-utf8': (cv) => [...cv.value].length };
const TEXTS = { buffer: 'buffer', 'string-ascii': 'ascii', 'string-utf8': 'utf8' };

/** contractExists answers for trait references, which must name a deployed contract. */
export function fits(type, cv, contractExists) {
  if (typeof type === 'string') return fitsAtom(type, cv, contractExists);
  const [[kind, detail]] = Object.entries(type);
  const inner = (wanted, value) => fits(wanted, value, contractExists);
  switch (kind) {
    case 'optional': return cv.type === 'none' || (cv.type === 'some' && inner(detail, cv.value));
    case 'response': return (cv.type === 'ok' && inner(detail.ok, cv.value)) || (cv.type === 'err' && inner(detail.error, cv.value));
    case 'list': return cv.type === 'list' && cv.value.length <= detail.length && cv.value.every((item) => inner(detail.type, item));
    case 'tuple': return cv.type === 'tuple' && Object.keys(cv.value).length === detail.length
      && detail.every(({ name, type: field }) => name in cv.value && inner(field, cv.value[name]));
    default: return cv.type === TEXTS[kind] && LENGTH[kind](cv) <= detail.length;
  }
}

function fitsAtom(type, cv, contractExists) {
  switch (type) {
    case 'uint128': return cv.type === 'uint';
    case 'int128': return cv.type === 'int';
    case 'bool': return cv.type === 'true' || cv.type === 'false';
    case 'principal': return cv.type === 'address' || cv.type === 'contract';
    case 'trait_reference': return cv.type === 'contract' && contractExists(cv.value);
    default: return cv.type === type;
  }
}

/** A type as Clarity writes it, for messages and signatures. */
export function describe(type) {
  if (typeof type === 'string') return { uint128: 'uint', int128: 'int' }[type] ?? type;
  const [[kind, detail]] = Object.entries(type);
  switch (kind) {
    case 'optional': return `(optional ${describe(detail)})`;
    case 'response': return `(response ${describe(detail.ok)} ${describe(detail.error)})`;
    case 'list': return `(list ${detail.length} ${describe(detail.type)})`;
    case 'tuple': return `(tuple ${detail.map(({ name, type: field }) => `(${name} ${describe(field)})`).join(' ')})`;
    case 'buffer': return `(buff ${detail.length})`;
    default: return `(${kind} ${detail.length})`;
  }
}
