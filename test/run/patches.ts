/**
 * What a script on somebody else's page must not do, and what it never reaches, taken out of the packages that go into it. A
 * patch that finds nothing to change fails the build: then the package has moved on, and this has to be read again. That what is
 * left still refuses what it should is what test/package/patched.test.ts is for.
 */
import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';
import { functions, sha256 } from './patches-of-oauth4webapi.js';

interface Patch {
  readonly from: string | RegExp;
  readonly to: string;
}

const litHtml = (name: string): readonly Patch[] => [
  {
    // Lit dies at load where its policy's name is not allowed, or was taken by the host's own Lit. Ours has a name of its own.
    from: 's?s.createPolicy("lit-html",{createHTML:t=>t}):void 0',
    to: `(()=>{try{return s?.createPolicy(${JSON.stringify(name)},{createHTML:t=>t})}catch{console.error("<${name}> Add “trusted-types ${name}” to the Content-Security-Policy.")}})()`,
  },
  // A global of the page, and a polyfill for browsers of long ago.
  { from: /,\w=t\.litHtmlPolyfillSupport;.*?\.push\("[\d.]+"\);/, to: ';' },
  // What Lit can do and nothing here asks of it: directives, fragments of SVG and MathML, expressions in raw text, in comments and
  // in place of attributes, attributes in pieces, properties and switches, ready nodes, compiled templates, options of any kind, and
  // to be told that the host has moved. What is left draws in every browser's journeys; test/package/templates.test.ts reads each template.
  { from: /function M\(t,i,s=t,e\)\{.*?,i\}(?=class R)/, to: '' },
  { from: /let n,l=2===i.*?:"",c=v/, to: 'let l="",c=v' },
  { from: '+(2===i?"</svg>":3===i?"</math>":"")', to: '' },
  { from: /if\((this\.el=S\.createElement\(f,e\),P\.currentNode=this\.el\.content),2===i.*?childNodes\)\}/, to: '$1;' },
  { from: 'v=/<(?:(!--|\\/[^a-zA-Z])|(\\/?[a-zA-Z][^>\\s]*)|(\\/?$))/g', to: 'v=/<\\/?[a-zA-Z][^>\\s]*/g' },
  { from: /"!--"===u\[1\]\?c=_:.*?void 0!==u\[3\]&&\(c=p\):/, to: 'c=p:' },
  { from: '(c=n??v,', to: '(c=v,' },
  { from: 'c===$||c===g?c=p:c===_||c===m?c=v:(c=p,n=void 0)', to: 'c=p' },
  { from: /if\(y\.test\(r\.tagName\)\)\{.*?\}\}\}else/, to: '}else' },
  { from: /else\{let t=-1;for.*?o\.length-1\}/, to: '' },
  { from: 'else t.startsWith(o)&&(d.push({type:6,index:l}),r.removeAttribute(t));', to: '' },
  { from: /const i=v\[a\+\+\],s=r\.getAttribute.*?"@"===e\[1\]\?z:H\}\)/, to: 'const i=v[a++];d.push({index:l,name:i.replace("@",""),ctor:"@"===i[0]?z:H})' },
  { from: 'if(r.hasAttributes())for', to: 'for' },
  { from: 'd.push({type:2,index:l})', to: 'd.push({index:l})' },
  { from: /let i;2===r\.type\?.*?,this\._\$AV\.push\(i\)/, to: 'this._$AV.push(r.ctor?new r.ctor(h,r.name):new k(h,h.nextSibling))' },
  { from: '(t?.creationScope??l)', to: 'l' },
  { from: /get parentNode\(\)\{return this\._\$AM\.parentNode\}get _\$AU\(\)\{return this\._\$AM\._\$AU\}/, to: '' },
  { from: 'get _$AU(){return this._$AM?._$AU??this._$Cv}', to: '' },
  { from: /,this\._\$Cv=e\?\.isConnected\?\?!0\}get parentNode.*?endNode\(\)\{return this\._\$AB\}/, to: '}' },
  { from: 'void 0!==t.nodeType?this.T(t):d(t)', to: 'u(t)' },
  { from: /"number"==typeof s\?this\._\$AC\(t\):\(.*?,s\)(?=;)/, to: 'this._$AC(t)' },
  { from: /void 0!==s&&\(void 0!==s\.strings\?.*?,i\+\+\}/, to: 's._$AI(t[i++])}' },
  { from: /s\.length>2\|\|.*?:(?=this\._\$AH=A\})/, to: '' },
  { from: /_\$AI\(t,i=this,s,e\)\{const h=this\.strings;.*?\}o&&!e&&this\.j\(t\)/, to: '_$AI(t){t!==this._$AH&&this.j(this._$AH=t)' },
  { from: 't=M(this,t,i),', to: '' },
  { from: 's=t.u(this.options)', to: 's=t.u()' },
  { from: 'this.O(c()),this,this.options)', to: 'this.O(c()))' },
  { from: 'V:M,', to: '' },
  { from: '&&t!==E&&', to: '&&' },
  { from: /if\(\(t=M\(this,t,i,0\)\?\?A\)===E\)return;.*?,this\._\$AH=t\}/, to: 'this._$AH=t??A,this.element[(this._$AH===A?"remove":"add")+"EventListener"](this.name,this)}' },
  { from: 'constructor({strings:t,_$litType$:i},e)', to: 'constructor({strings:t})' },
  { from: 'this._$AP?.(!1,!0,s);', to: ';' },
  { from: /setConnected\(t\)\{.*?\}(?=\}class H)/, to: '' },
  { from: 'get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}', to: '' },
  { from: /this\._\$A[NM]=(?:void 0|[ies]),/g, to: '' },
  { from: ',this._$AM=i}', to: '}' },
  { from: /,this\.options=[eh]/g, to: '' },
  { from: /this\.type=[12],/g, to: '' },
  { from: 'constructor(t,i,s,e,h){this._$AH=A,this.element=t,this.name=i,this._$AH=A}', to: 'constructor(t,i){this._$AH=A,this.element=t,this.name=i}' },
  { from: 'constructor(t,i,s,e,h){super(t,i,s,e,h),this.type=5}', to: '' },
  { from: 'this.options?.host??this.element', to: 'this.element' },
  { from: /const e=s\?\.renderBefore\?\?i;let h=e\._\$litPart\$;if\(void 0===h\)\{const t=s\?\.renderBefore\?\?null;e\._\$litPart\$=h=new k\(i\.insertBefore\(c\(\),t\),t,void 0,s\?\?\{\}\)\}/, to: 'let h=i._$litPart$||=new k(i.insertBefore(c(),null),null);' },
];

/** A whole function by its name; the first line may say less than the package's own does. */
const oauth4webapi: readonly Patch[] = Object.entries(functions).map(([head, body]) => ({
  from: new RegExp(`^(?:export )?(?:async )?function ${/(\w+)\(/.exec(head)?.[1]}\\([^]*?\\n\\}\\n`, 'm'),
  to: `${head} {${body}\n}\n`,
}));

export const patchPackages = (name: string): Plugin => {
  const patches: readonly (readonly [RegExp, readonly Patch[]])[] = [
    [/\/lit-html\/lit-html\.js$/, litHtml(name)],
    [/\/oauth4webapi\/build\/index\.js$/, oauth4webapi],
  ];
  return {
    name: 'patch-packages',
    transform(code, id) {
      const [, due = []] = patches.find(([file]) => file.test(id)) ?? [];
      if (due === oauth4webapi && createHash('sha256').update(code).digest('hex') !== sha256) throw new Error(`${id} has moved on: read test/run/patches-of-oauth4webapi.ts again beside it.`);
      const patched = due.reduce((before, { from, to }) => {
        const after = before.replace(from, to);
        if (after === before) throw new Error(`A patch of ${id} found nothing to change (test/run/patches.ts): ${String(from)}`);
        return after;
      }, code);
      return patched === code ? null : { code: patched, map: null };
    },
  };
};
