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
  { from: /function M\(t,i,s=t,e\)\{.*?,i\}(?=class R)/, to: 'const M=(t,i)=>i;' },
  { from: /let n,l=2===i.*?:"",c=v/, to: 'let n,l="",c=v' },
  { from: '+(2===i?"</svg>":3===i?"</math>":"")', to: '' },
  { from: /if\((this\.el=S\.createElement\(f,e\),P\.currentNode=this\.el\.content),2===i.*?childNodes\)\}/, to: '$1;' },
  { from: '"!--"===u[1]?c=_:', to: '' },
  { from: 'c===_||c===m', to: 'c===m' },
  { from: '(y.test(u[2])&&(n=RegExp("</"+u[2],"g")),c=p)', to: '(c=p)' },
  { from: /if\(y\.test\(r\.tagName\)\)\{.*?\}\}\}else/, to: '}else' },
  { from: /else\{let t=-1;for.*?o\.length-1\}/, to: '' },
  { from: 'else t.startsWith(o)&&(d.push({type:6,index:l}),r.removeAttribute(t));', to: '' },
  { from: '"."===e[1]?I:"?"===e[1]?L:"@"', to: '"@"' },
  { from: /1===r\.type\?(i=new r\.ctor\(.*?\)):6===r\.type&&\(i=new Z\(h,this,t\)\)/, to: '$1' },
  { from: '(t?.creationScope??l)', to: 'l' },
  { from: /get parentNode\(\)\{return this\._\$AM\.parentNode\}get _\$AU\(\)\{return this\._\$AM\._\$AU\}/, to: '' },
  { from: 'get _$AU(){return this._$AM?._$AU??this._$Cv}', to: '' },
  { from: /,this\._\$Cv=e\?\.isConnected\?\?!0\}get parentNode.*?endNode\(\)\{return this\._\$AB\}/, to: '}' },
  { from: 'void 0!==t.nodeType?this.T(t):d(t)', to: 'u(t)' },
  { from: /"number"==typeof s\?this\._\$AC\(t\):\(.*?,s\)(?=;)/, to: 'this._$AC(t)' },
  { from: /void 0!==s\.strings\?\(s\._\$AI\(t,s,i\),i\+=s\.strings\.length-2\):/, to: '' },
  { from: /s\.length>2\|\|.*?:(?=this\._\$AH=A\})/, to: '' },
  { from: /const h=this\.strings;let o=!1;if\(void 0===h\)(t=M\(this,t,i,0\),)o=(!a.*?!==E),o&&\(this\._\$AH=t\);else\{.*?\}o&&!e&&this\.j\(t\)/, to: '$1($2)&&this.j(this._$AH=t)' },
  { from: 'this._$AP?.(!1,!0,s);', to: ';' },
  { from: /setConnected\(t\)\{.*?\}(?=\}class H)/, to: '' },
  { from: 'get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}', to: '' },
  { from: /this\._\$A[NM]=(?:void 0|[ies]),/g, to: '' },
  { from: ',this._$AM=i}', to: '}' },
  { from: /,this\.options=[eh]/g, to: '' },
  { from: /this\.type=[12],/g, to: '' },
  { from: 'constructor(t,i,s,e,h){super(t,i,s,e,h),this.type=5}', to: '' },
  { from: /\|\|t\.capture!==s\.capture.*?passive!==s\.passive/, to: '' },
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
