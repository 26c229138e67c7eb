// The words for codes that the page says in its own way, as short as a glance needs: [Chinese, English]. All others are those of the
// service's one table, terms.js.
export const codes = {
  'decision.CONFERRED': ['可以享受', 'Yes'],
  'decision.CONDITIONAL': ['附条件享受', 'On conditions'],
  'decision.NOT_CONFERRED': ['不能享受', 'No'],

  'repetition.SAME': ['按当时的登记与规则重新核验，结果相同', 'Decided once more from the same registry and rules: it comes out the same'],
  'repetition.DIFFERENT': ['重新核验的结果与记录不同，请联系服务管理方', 'Decided once more it comes out differently: tell whoever runs the service'],
  'repetition.NOT_REPEATABLE': ['现在无法重新核验；这不说明记录有误', 'It cannot be decided once more; that does not make it wrong'],
};
