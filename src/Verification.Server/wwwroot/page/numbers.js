// The forms of numbers, as the policy has them, so far as the page must know them before it sends anything.

const creditCodeAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** A number in the form in which it is compared: NFKC, without white space and hyphens, in upper case. */
export function canonical(text) {
  return text.normalize('NFKC').replace(/[\p{White_Space}\-\u2010\u2011\u2013\u2014]/gu, '').replace(/[a-z]+/g, letters => letters.toUpperCase());
}

/** Whether a text has the form of a permit's number. */
export function isPermitNumber(text) {
  return /^[0-9A-Z]{6,24}$/.test(canonical(text)) && !isIdentityNumber(text);
}

/** Whether a text is a resident identity number (GB 11643) that is no unified social credit code: it must not be sent for a permit's. */
export function isIdentityNumber(text) {
  const number = canonical(text);
  return /^[0-9]{17}[0-9X]$/.test(number) && identityCheck(number) === number[17] && !isCreditCode(number);
}

/** Whether a spreadsheet has rounded a number, as in 1.1E+17. */
export function isRounded(text) {
  return /^\d+([.,]\d+)?E\+\d+$/i.test(text.trim());
}

/** The digits of a check's number, from what was typed, scanned or pasted: the number itself or an address that holds it. Null for none. */
export function checkId(text) {
  const typed = text.trim();
  const fragment = typed.includes('#check=') ? typed.slice(typed.indexOf('#check=') + '#check='.length) : typed;
  const match = /^([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})(-\d{1,3})?$/i.exec(fragment.replace(/\s/g, ''));
  return match ? `${match.slice(1, 6).join('').toLowerCase()}${match[6] ?? ''}` : null;
}

function identityCheck(number) {
  // ISO 7064 MOD 11-2.
  let sum = 0;
  for (const digit of number.slice(0, 17)) {
    sum = (sum + Number(digit)) * 2 % 11;
  }
  const check = (12 - sum) % 11;
  return check === 10 ? 'X' : String(check);
}

function isCreditCode(number) {
  // GB 32100.
  let sum = 0;
  let weight = 1;
  for (const character of number.slice(0, 17)) {
    const value = creditCodeAlphabet.indexOf(character);
    if (value < 0) {
      return false;
    }
    sum += value * weight;
    weight = weight * 3 % 31;
  }
  return creditCodeAlphabet[(31 - sum % 31) % 31] === number[17];
}
